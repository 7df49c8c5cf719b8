// Loads the program and says how far it is, or why it cannot run. Stores nothing.
const tag = document.querySelector("script[data-wasm]");
const at = (name) => new URL(tag.dataset[name], document.baseURI).href;
const zh = document.documentElement.lang.startsWith("zh");
const say = (chinese, english) => (zh ? chinese : english);
const byId = (id) => document.getElementById(id);

const faults = {
  wasm: ["这个浏览器运行不了本程序", "This browser cannot run the program",
    "它没有 WebAssembly、版本太旧，或者关掉了它。请换用新版的 Chrome、Edge、Firefox 或 Safari，或解除「锁定模式」一类的限制，然后重新载入。",
    "It has no WebAssembly, is too old for it, or has it switched off. Use a current Chrome, Edge, Firefox or Safari, or lift a restriction such as Lockdown Mode, then reload."],
  load: ["程序没有下载完", "The program could not be loaded",
    "可能是网络断了，或者站点刚刚更新。写下的字还在输入框里：先复制，再重新载入。",
    "The network may be down, or the site has just been updated. What you typed is still in the field: copy it, then reload."],
  crash: ["取景框出错了", "Viewfinder has failed",
    "已经保存的对话都还在。请重新载入；如果再次出现，下面这几行有助于查明原因。",
    "Everything that was saved is still there. Reload the page; should it happen again, the lines below help to find out why."],
};

function fail(kind, detail, place = byId("boot-failure")) {
  const [titleZh, titleEn, helpZh, helpEn] = faults[kind];
  const add = (name, text) => {
    const el = document.createElement(name);
    el.textContent = text;
    return el;
  };
  const reload = add("button", say("重新载入", "Reload"));
  reload.type = "button";
  reload.className = "button button-ink";
  reload.addEventListener("click", () => location.reload());
  byId("boot-progress")?.replaceChildren();
  const parts = [add("h2", say(titleZh, titleEn)), add("p", say(helpZh, helpEn))];
  if (detail) parts.push(add("pre", String(detail)));
  if (place) {
    place.className = "failure";
    place.replaceChildren(...parts, reload);
  }
  document.documentElement.dataset.boot = kind;
}

// A program that broke off must not be used again: everything stored is safe, and the page says so. The release
// build's library says nothing where it gives up; the places in the program are what there is.
function crashed(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || byId("crash")) return;
  const place = document.createElement("div");
  place.id = "crash";
  place.setAttribute("role", "alert");
  const places = String(error.stack).split("\n").filter((line) => /wasm/.test(line)).slice(0, 6);
  const build = document.documentElement.dataset.build;
  document.body.prepend(place);
  fail("crash", [`${error.message} (${build})`, ...places.map((line) => line.trim())].join("\n"), place);
}
addEventListener("error", (event) => crashed(event.error));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

// What was sent before the program is in: it goes as soon as the program is, unless it is changed until then.
let held = null;
function sends(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey) return true;
  let look = null;
  try { look = JSON.parse(localStorage.getItem("viewfinder:look")); } catch { /* blocked or broken: defaults */ }
  return look?.enter !== false && !event.shiftKey && !matchMedia("(pointer: coarse)").matches;
}
function hold(event) {
  if (event.type === "keydown" && !sends(event)) return;
  event.preventDefault();
  const words = byId("composer").value;
  if (words.trim()) held = words;
}
byId("composer")?.addEventListener("keydown", hold);
byId("send")?.addEventListener("click", hold);

function release() {
  if (held !== null && byId("composer")?.value === held) byId("send").click();
}

let announced = 0;
function progress(done, total) {
  const part = total ? Math.min(99, Math.floor((100 * done) / total)) : 0;
  const figure = total ? `${part}%` : `${Math.round(done / 1024)} KB`;
  const then = held === null ? "" : say("，完了就发送", "; then it is sent");
  const words = say(`载入中 ${figure}`, `Loading ${figure}`) + then;
  const line = byId("boot-progress");
  if (line) line.textContent = words;
  // Aloud only at each third: a screen reader must not read a counter.
  const third = Math.floor(part / 33);
  const aloud = byId("boot-status");
  if (aloud && third > announced) {
    announced = third;
    aloud.textContent = words;
  }
}

// The bytes are counted on a copy, so that the browser compiles, and keeps the compiled code of, the real answer.
// Returns whether all of them came.
async function count(copy) {
  const coded = copy.headers.get("content-encoding");
  const total = Number(tag.dataset.size) || (coded ? 0 : Number(copy.headers.get("content-length")));
  const reader = copy.body.getReader();
  const slow = performance.now() + 200;
  for (let done = 0; ; ) {
    const { value, done: over } = await reader.read();
    if (over) return !total || done === total;
    done += value.length;
    if (performance.now() > slow) progress(done, total);
  }
}

async function start() {
  if (typeof WebAssembly !== "object" || !WebAssembly.instantiateStreaming) return fail("wasm");
  let answer, program, whole;
  try {
    [program, answer] = await Promise.all([
      import(at("js")),
      fetch(at("wasm"), { credentials: "same-origin" }),
    ]);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.url.split("/").pop()}`);
    whole = answer.body ? count(answer.clone()).catch(() => false) : true;
  } catch (error) {
    return fail("load", error.message);
  }
  try {
    await program.default({ module_or_path: answer });
    byId("boot-progress")?.replaceChildren();
    byId("boot-status")?.remove();
    setTimeout(release);
  } catch (error) {
    // A program that broke off has its own screen.
    if (!(error instanceof WebAssembly.RuntimeError) && byId("shell") && document.documentElement.dataset.ready === undefined) {
      fail(error instanceof WebAssembly.CompileError && (await whole) ? "wasm" : "load", error.message);
    }
    throw error;
  }
}

// Where a phone is turned to a width that has room for the sidebar, it takes its place again and lies over nothing.
matchMedia("(width < 48rem)").addEventListener("change", () => byId("sidebar")?.hidePopover?.());

// The second program, with every screen but the chat: once, and again only after a failure.
let screens = null;
globalThis.loadScreens = () => {
  screens ??= import(at("screens"))
    .then((program) => program.default({ module_or_path: at("screensWasm") }))
    .catch((error) => {
      screens = null;
      throw error;
    });
  return screens;
};

// What the programs of the page ask each other: text in, a promise of text out. They share no memory.
const answers = {};
for (const name of ["chat", "screens"]) {
  answers[name] = {};
  answers[name].known = new Promise((known) => { answers[name].tell = known; });
}
globalThis.answerAs = (name, answer) => answers[name].tell(answer);
globalThis.askProgram = async (name, text) => {
  if (name === "screens") await loadScreens();
  return (await answers[name].known)(text);
};

// Places in the chat that the second program fills: defined once it is there, for those that are in the page
// already and for all that come.
globalThis.definePlaces = (fill, leave) => {
  customElements.define("vf-place", class extends HTMLElement {
    connectedCallback() { fill(this); }
    disconnectedCallback() { leave(this); }
  });
};

// Offline after one visit. A newer build waits until the person asks for it; the program offers it on the event.
let waiting = null;
globalThis.acceptUpdate = () => {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("skip-waiting");
};

async function keepOffline() {
  if (!navigator.serviceWorker || document.documentElement.dataset.build === "dev") return;
  const registration = await navigator.serviceWorker.register("sw.js");
  const offer = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    dispatchEvent(new Event("update-ready"));
  };
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
}

// Where it is refused (no https, a private window) the page works as before, while there is a network.
start().then(keepOffline).catch(() => {});
