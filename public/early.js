// Runs before the first paint. Language, theme, contrast and text size as they were left, and the
// shell's words in that language. `viewfinder:look` is a mirror that the program writes for this file.
(function () {
  var root = document.documentElement, look = {};
  try { look = JSON.parse(localStorage.getItem("viewfinder:look")) || {}; } catch { /* blocked or broken: defaults */ }
  // As in src/i18n.rs: the first language asked for that there is, else English.
  var known = [look.lang].concat(navigator.languages || []).find(function (tag) { return /^(zh|yue|en)\b/i.test(tag || ""); });
  var lang = known ? (/^en/i.test(known) ? "en" : "zh") : "en";
  root.lang = lang === "zh" ? "zh-CN" : "en";
  ["theme", "contrast", "size"].forEach(function (key) {
    if (look[key] && look[key] !== "auto") root.dataset[key] = look[key];
  });
  function fill() {
    document.querySelectorAll("[data-" + lang + "]").forEach(function (el) {
      el.textContent = el.getAttribute("data-" + lang);
      el.removeAttribute("data-" + lang);
    });
    document.querySelectorAll("[data-label-" + lang + "]").forEach(function (el) {
      el.setAttribute("aria-label", el.getAttribute("data-label-" + lang));
      el.removeAttribute("data-label-" + lang);
    });
  }
  // The observer is called as the parser goes on, always before a paint.
  var seen = new MutationObserver(fill);
  seen.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", function () { fill(); seen.disconnect(); });
})();
