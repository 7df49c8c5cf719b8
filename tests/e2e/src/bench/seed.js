// Puts conversations and messages into the page's database, as the program itself would have stored them.
(() => {
  const WORDS = "雨天 灯塔 港口 取景 光圈 快门 倒影 清晨 傍晚 街道 窗户 颜色 影子 镜头 胶片 harbour lantern window shutter rain light street morning mirror colour shadow frame ticket bridge engine paper garden silver number letter".split(" ");
  const DAY = 86_400_000, EPOCH = 1_760_000_000_000;

  // Small pieces of text that differ and are the same in every run.
  function random(seed) {
    let state = (seed * 2_654_435_761 + 12_345) >>> 0;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
  const sentence = (next, words) => `${Array.from({ length: words }, () => WORDS[next(WORDS.length)]).join(" ")}.`;

  function text(number, user) {
    const next = random(number);
    const first = `${sentence(next, 6 + next(10))} ref${number}`;
    if (user) return first;
    const parts = [first, `**${WORDS[next(WORDS.length)]}**: ${sentence(next, 12)}`];
    if (number % 3 === 0) parts.push(`- ${sentence(next, 4)}\n- ${sentence(next, 5)}\n- \`${WORDS[next(WORDS.length)]}\``);
    if (number % 14 === 6) parts.push(`\`\`\`js\nconst n = ${number};\nconsole.log(n);\n\`\`\``);
    return parts.join("\n\n");
  }

  const id = (chat) => `01900000-0000-7000-8000-${String(chat).padStart(12, "0")}`;
  const time = (chat) => EPOCH + chat * (DAY / 50);

  function conversation(chat, messages) {
    return {
      id: id(chat), pinned: 0, updated: time(chat), created: time(chat), title: `${sentence(random(chat), 4)} ${chat}`,
      next: messages + 1, leaf: messages, last_end: "complete",
    };
  }

  function message(chat, seq, messages) {
    const user = seq % 2 === 1, number = chat * messages + seq;
    const end = seq === messages ? `\n\nend of ${chat}.` : "";
    const row = { chat: id(chat), seq, role: user ? "user" : "assistant", text: text(number, user) + end, created: time(chat) + seq };
    if (seq > 1) row.parent = seq - 1;
    if (!user) Object.assign(row, { end: "complete", connection: "bench", model: "ok", took: 900 });
    return row;
  }

  const opened = (name) => new Promise((ok, no) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => ok(request.result);
    request.onerror = () => no(request.error);
  });

  async function write(name, stores, rows) {
    const db = await opened(name);
    const tx = db.transaction(stores, "readwrite", { durability: "relaxed" });
    for (const [store, row] of rows) tx.objectStore(store).put(row);
    await new Promise((ok, no) => {
      tx.oncomplete = ok;
      tx.onabort = () => no(tx.error);
    });
    db.close();
  }

  window.__seed = {
    id,
    // The conversations `from..to`, each with so many messages, the last of which names its conversation.
    async chats(name, from, to, messages) {
      let rows = [];
      const flush = () => write(name, ["conversations", "messages"], rows.splice(0));
      for (let chat = from; chat < to; chat += 1) {
        rows.push(["conversations", conversation(chat, messages)]);
        for (let seq = 1; seq <= messages; seq += 1) {
          rows.push(["messages", message(chat, seq, messages)]);
          if (rows.length >= 5000) await flush();
        }
      }
      await flush();
    },
    // Chooses the model of the next message.
    async model(name, base, model) {
      localStorage.model = JSON.stringify({ base, model });
      if (name === "floor") return;
      const connection = { id: "bench", name: "bench", api: "chat", base, model };
      const settings = { name: "settings", connection: "bench", model, enter_sends: true, silence_seconds: 60 };
      await write(name, ["connections", "kv"], [["connections", connection], ["kv", settings]]);
    },
  };
})();
