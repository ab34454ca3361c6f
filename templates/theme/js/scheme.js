/* Optional: without it a site is light or dark as the system is. Runs before anything is painted, so that a choice that was kept does not flash,
   and asks for the faces of the text at once. */
(function () {
  "use strict";
  var KEPT = "onrecord-scheme", root = document.documentElement, system = window.matchMedia("(prefers-color-scheme: dark)");
  /* A browser may refuse to keep anything, as from disk. */
  function kept() { try { return localStorage.getItem(KEPT); } catch (error) { return null; } }
  function keep(scheme) { try { localStorage.setItem(KEPT, scheme); } catch (error) { return; } }
  function isDark() { return root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches; }
  if (kept() === "dark" || kept() === "light") { root.dataset.scheme = kept(); }
  /* A browser lets no page of a disk ask for a font ahead. */
  if (location.protocol === "file:") { root.dataset.disk = ""; } else { ["record-serif", "record-serif-italic"].forEach(ahead); }
  function ahead(face) {
    var link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous" });
    link.href = new URL("../fonts/" + face + ".woff2", document.currentScript.src).href;
    document.head.append(link);
  }
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".site-scheme");
    function say() { button.setAttribute("aria-pressed", String(isDark())); }
    if (!button) { return; }
    button.addEventListener("click", function () {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep(root.dataset.scheme);
      say();
    });
    system.addEventListener("change", say);
    button.hidden = false;
    say();
  });
})();
