// Runs in every page before its own scripts, in the app and in the floor page alike: it acts and looks as a person would.
(() => {
  const FRAME = 1000 / 60;
  const byId = (id) => document.getElementById(id);
  const answer = (request) => new Promise((ok, no) => {
    request.onsuccess = () => ok(request.result);
    request.onerror = () => no(request.error);
  });
  const rest = (ms) => new Promise((ok) => setTimeout(ok, ms));

  // Waits for the frame in which something is there.
  const seen = (check, limit = 60_000) => new Promise((ok, no) => {
    const until = performance.now() + limit;
    const look = () => {
      const found = check();
      if (found) ok(found);
      else if (performance.now() > until) no(new Error(`not seen within ${limit} ms: ${check}`));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  // Called within a frame; the time when that frame has been painted.
  const painted = () => new Promise((ok) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      ok(performance.now());
    };
    channel.port2.postMessage(0);
  });

  // When what a person waits for at the start was first painted, in ms since the navigation began.
  const marks = {};
  const mark = (name, check) => seen(check).then(painted).then((at) => { marks[name] = at; }, () => {});
  mark("composer", () => byId("composer"));
  mark("live", () => document.documentElement?.dataset.ready !== undefined && !byId("shell"));

  // The frames and the long tasks between now and the stop.
  function meter() {
    const frames = [];
    let longest = 0, on = true;
    const take = (list) => list.forEach((task) => { longest = Math.max(longest, task.duration); });
    const tasks = new PerformanceObserver((list) => take(list.getEntries()));
    tasks.observe({ type: "longtask" });
    const tick = (at) => {
      frames.push(at);
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return {
      stop(from, to) {
        on = false;
        take(tasks.takeRecords());
        tasks.disconnect();
        const mine = frames.filter((at) => at >= from && at <= to);
        const gaps = mine.slice(1).map((at, i) => at - mine[i]);
        const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME) - 1), 0);
        return { frames: mine.length, ms: to - from, dropped, gap: Math.max(0, ...gaps), longest };
      },
    };
  }

  function put(field, text) {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  window.__bench = {
    marks,
    rest,
    // Until the page is live and has read what is stored: requests to open a database are answered in their order.
    async ready(name) {
      await seen(() => marks.live);
      const db = await answer(indexedDB.open(name));
      db.close();
      await rest(150);
    },
    // Until the list of conversations is painted, and everything after it is done.
    async listed() {
      await seen(() => document.querySelector(".list a[href^='#/c/']"));
      const at = await painted();
      await rest(600);
      return at;
    },
    // Waits until what makes the next start fast is in place.
    async kept() {
      if (!navigator.serviceWorker) return;
      await Promise.race([navigator.serviceWorker.ready, rest(5000)]);
      await rest(300);
    },
    // Sends a message in a new conversation and follows its reply to the end.
    async ask(words) {
      const watch = meter();
      put(byId("composer"), words);
      byId("send").click();
      const from = performance.now();
      await seen(() => (byId("m2")?.querySelector(".prose") ?? byId("m2"))?.textContent.trim());
      const first = performance.now();
      await seen(() => byId("m2").dataset.end && byId("m2").dataset.end !== "streaming", 120_000);
      const last = performance.now();
      const found = watch.stop(first, last);
      await rest(400);
      if (byId("m2").dataset.end !== "complete") throw new Error(`the reply ended as ${byId("m2").dataset.end}`);
      const length = byId("m2").textContent.length;
      return { ...found, wait: first - from, length };
    },
    // Goes to a conversation; milliseconds until its last message, which contains some words, is painted in view.
    async open(hash, seq, words) {
      const began = performance.now();
      location.hash = hash;
      await seen(() => byId(`m${seq}`)?.textContent.includes(words));
      const ms = await painted() - began;
      await rest(350);
      const place = byId(`m${seq}`).getBoundingClientRect();
      if (place.top > innerHeight || place.bottom < 0) throw new Error("the last message is not in view");
      return ms;
    },
    async leave() {
      location.hash = "#/";
      await seen(() => !document.querySelector("article"));
      await rest(250);
    },
    focus() {
      byId("composer").focus();
    },
    clear() {
      put(byId("composer"), "");
    },
    // Searches; milliseconds from the input to the first painted hit.
    async search(query) {
      const began = performance.now();
      put(byId("search"), query);
      await seen(() => document.querySelector("#results .hit")?.textContent.includes(query), 75_000);
      const ms = await painted() - began;
      await rest(250);
      return ms;
    },
  };
})();
