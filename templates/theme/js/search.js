/* Optional: every page is whole without it. Finds actors, articles and pages by name; nothing is loaded before somebody searches. */
(function () {
  "use strict";
  var MOST = 12;
  var form = document.querySelector(".site-search");
  if (!form) { return; }
  var input = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
  var items = pages(), asked = false, complete = false;

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  }
  function words(text) {
    return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }
  function item(kind, name, address, others) {
    var own = " " + words(name).join(" ") + " ";
    return { kind: kind, name: name, address: address, own: own, all: own + words(others || "").join(" ") + " " };
  }
  function pages() {
    return Array.from(document.querySelectorAll(".site-nav a")).map(function (one) { return item("Page", one.textContent.trim(), one.href); });
  }
  /* The page of an actor that is called after the name in the simplest way: as simplest_page in names_index.py. */
  function simplest(name) {
    return name.toLowerCase().replace(/['’]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }
  function address(folder, page) {
    var index = form.dataset.suffix === "/" && location.protocol === "file:" ? "index.html" : "";  // from disk nobody adds it
    return form.dataset.root + folder + "/" + encodeURIComponent(page) + form.dataset.suffix + index;
  }
  window.onrecordNames = function (found) {
    found.actors.forEach(function (one) {
      var row = typeof one === "string" ? [one, ""] : one;
      items.push(item("Actor", row[0], address("actors", row[1] || simplest(row[0])), row.slice(2).join(" ")));
    });
    found.articles.forEach(function (one) { items.push(item("Article", one[0], address("articles", one[1]))); });
    items = unique(items);
    complete = true;
    show();
  };
  /* Of a page that is in the navigation too, the later one, which says what it is. */
  function unique(some) {
    var last = new Map();
    some.forEach(function (one) { last.set(new URL(one.address, location.href).href.replace(/index\.html$/, ""), one); });
    return Array.from(last.values());
  }
  function load() {
    if (asked) { return; }
    asked = true;
    var script = document.createElement("script");
    script.src = form.dataset.names;
    script.onerror = function () { complete = true; show(); };
    document.head.appendChild(script);
  }
  /* Every word of the query begins a word of the name or of another name. Names that begin so come first. */
  function matches() {
    var asked = words(input.value).map(function (one) { return " " + one; });
    if (!asked.length) { return []; }
    var ranks = [[], [], []];
    items.forEach(function (one) {
      if (!asked.every(function (word) { return one.all.indexOf(word) >= 0; })) { return; }
      var named = asked.every(function (word) { return one.own.indexOf(word) >= 0; });
      ranks[one.own.indexOf(asked.join("")) === 0 ? 0 : named ? 1 : 2].push(one);
    });
    return ranks[0].concat(ranks[1], ranks[2]);
  }
  function row(one) {
    var line = document.createElement("li"), link = document.createElement("a"), name = document.createElement("span"), kind = document.createElement("small");
    link.href = one.address;
    name.textContent = one.name;
    kind.textContent = one.kind;
    link.append(name, kind);
    line.append(link);
    return line;
  }
  function show() {
    var found = matches();
    list.replaceChildren.apply(list, found.slice(0, MOST).map(row));
    list.hidden = !found.length;
    if (!words(input.value).length) { status.textContent = ""; return; }
    if (!complete) { status.textContent = "Loading the names …"; return; }
    status.textContent = !found.length ? "Nothing found" : found.length > MOST ? MOST + " of " + found.length + " shown" : found.length + " found";
  }
  function close() {
    list.hidden = true;
    status.textContent = "";
  }
  function move(event, by) {
    var links = Array.from(list.querySelectorAll("a"));
    if (list.hidden || !links.length) { return; }
    event.preventDefault();
    var next = links.indexOf(document.activeElement) + by;
    (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
  }
  form.hidden = false;
  input.addEventListener("focus", load);
  input.addEventListener("input", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first && !list.hidden) { first.click(); }
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { move(event, 1); }
    if (event.key === "ArrowUp") { move(event, -1); }
    if (event.key === "Escape") { input.focus(); close(); }
  });
  form.addEventListener("focusout", function (event) { if (!form.contains(event.relatedTarget)) { close(); } });
  form.addEventListener("focusin", function () { if (list.hidden && input.value) { show(); } });
})();
