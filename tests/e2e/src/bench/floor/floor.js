// The least that a page can do: it only appends text, and writes to the document once per frame.
const LIST = 40, PAGE = 20, HITS = 50;
const byId = (id) => document.getElementById(id);
const answer = (request) => new Promise((ok, no) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => no(request.error);
});
const frame = () => new Promise(requestAnimationFrame);

function append(to, name, text, attributes) {
  const element = document.createElement(name);
  element.textContent = text;
  Object.assign(element, attributes);
  to.append(element);
  return element;
}

function message(to, row) {
  return append(to, "article", row.text, { className: "message", id: `m${row.seq}` });
}

async function open() {
  const request = indexedDB.open("floor", 1);
  request.onupgradeneeded = () => {
    const chats = request.result.createObjectStore("conversations", { keyPath: "id" });
    chats.createIndex("order", ["pinned", "updated", "id"]);
    request.result.createObjectStore("messages", { keyPath: ["chat", "seq"] });
  };
  return answer(request);
}

// The last rows of a range, newest first.
async function last(store, range, most) {
  if (store.getAllRecords) {
    const records = await answer(store.getAllRecords({ query: range, count: most, direction: "prev" }));
    return records.map((record) => record.value);
  }
  const rows = [], request = store.openCursor(range, "prev");
  await new Promise((ok) => {
    request.onsuccess = () => {
      if (!request.result) return ok();
      if (rows.push(request.result.value) === most) return ok();
      request.result.continue();
    };
  });
  return rows;
}

async function list(db) {
  const rows = await last(db.transaction("conversations").objectStore("conversations").index("order"), null, LIST);
  const all = new DocumentFragment();
  for (const row of rows) append(all, "a", row.title, { href: `#/c/${row.id}` });
  await frame();
  document.querySelector(".list").replaceChildren(all);
}

async function show(db) {
  const chat = location.hash.match(/^#\/c\/(.+)/)?.[1];
  if (!chat) return byId("thread").replaceChildren();
  const range = IDBKeyRange.bound([chat, 0], [chat, Infinity]);
  const rows = await last(db.transaction("messages").objectStore("messages"), range, PAGE);
  const all = new DocumentFragment();
  for (const row of rows.reverse()) message(all, row);
  byId("thread").replaceChildren(all);
  byId("thread").scrollTop = 1e9;
}

// Sends what stands in the field and appends what comes, once per frame. After a blank line a block begins, so that
// what stands is not laid out again.
async function send() {
  const { base, model } = JSON.parse(localStorage.model);
  const thread = byId("thread"), field = byId("composer");
  message(thread, { seq: 1, text: field.value });
  const reply = message(thread, { seq: 2, text: "" });
  const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: field.value }] });
  field.value = "";
  const response = await fetch(`${base}/chat/completions`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", arrived = "", over = false, block = null;
  const write = () => {
    if (arrived) {
      if (block) block.append(arrived);
      else block = append(reply, "div", arrived);
      if (arrived.includes("\n\n")) block = null;
      arrived = "";
      thread.scrollTop = 1e9;
    }
    if (over) reply.dataset.end = "complete";
    else requestAnimationFrame(write);
  };
  requestAnimationFrame(write);
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data: {")) continue;
      arrived += JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? "";
    }
  }
  over = true;
}

// A scan of all messages in one text. Made when it is first asked for.
let joined = null, starts = [];
async function search(db) {
  if (joined === null) {
    const texts = [];
    let at = 0, from = IDBKeyRange.lowerBound([]);
    for (;;) {
      const rows = await answer(db.transaction("messages").objectStore("messages").getAll(from, 5000));
      for (const row of rows) {
        starts.push(at);
        texts.push(row.text);
        at += row.text.length + 1;
      }
      if (rows.length < 5000) break;
      const end = rows.at(-1);
      from = IDBKeyRange.lowerBound([end.chat, end.seq], true);
    }
    joined = texts.join("\n");
  }
  const query = byId("search").value, hits = new DocumentFragment();
  for (let at = joined.indexOf(query), n = 0; at >= 0 && n < HITS; n += 1) {
    append(hits, "a", joined.slice(Math.max(0, at - 30), at + 30), { className: "hit" });
    at = joined.indexOf(query, at + query.length);
  }
  await frame();
  document.querySelector(".list").id = "results";
  byId("results").replaceChildren(hits);
}

open().then((db) => {
  addEventListener("hashchange", () => show(db));
  byId("send").addEventListener("click", send);
  byId("search").addEventListener("input", () => search(db));
  document.documentElement.dataset.ready = "";
  show(db);
  list(db);
});
