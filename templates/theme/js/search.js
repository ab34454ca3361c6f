/* Optional: every page is whole without it. Finds actors, articles and pages by name; nothing is loaded before somebody searches. */
(function () {
  "use strict";
  var MOST = 12;
  var form = document.querySelector(".site-search");
  if (!form) { return; }
  /* Made here, since it is of no use without script, and so that no page carries it. */
  form.innerHTML = '<label>Search <input type="search" autocomplete="off" spellcheck="false" placeholder="names, headlines, pages" aria-controls="site-found"></label>' +
    '<div class="site-results"><p role="status"></p><ul id="site-found" hidden></ul></div>';
  var input = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
  var items = pages(), asked = false, complete = false;
  var engine = null, texts = { query: "", found: [] };

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
    var named = found.actors.map(function (one) {
      var row = typeof one === "string" ? [one, ""] : one;
      return item("Actor", row[0], address("actors", row[1] || simplest(row[0])), row.slice(2).join(" "));
    });
    items = unique(named.concat(found.articles.map(function (one) { return item("Article", one[0], address("articles", one[1])); }), items));
    complete = true;
    show();
  };
  /* Each page once, as what it is called first. */
  function unique(some) {
    var seen = new Set();
    return some.filter(function (one) {
      var place = new URL(one.address, location.href).href.replace(/index\.html$/, "");
      return !seen.has(place) && seen.add(place);
    });
  }
  function load() {
    if (asked) { return; }
    asked = true;
    var script = document.createElement("script");
    script.src = form.dataset.names;
    script.onerror = function () { complete = true; show(); };
    document.head.appendChild(script);
    if (form.dataset.pagefind && location.protocol !== "file:") {  // no browser imports a module from disk
      import(new URL(form.dataset.pagefind, location.href).href).then(function (found) { engine = found; searchTexts(); }, function () {});
    }
  }
  /* Pages with these words in their text, from the index that Pagefind made, if the user had it make one. */
  function searchTexts() {
    var query = input.value.trim();
    if (!engine || query === texts.query) { return; }
    engine.debouncedSearch(query).then(function (answer) {
      return answer && Promise.all(answer.results.slice(0, MOST).map(function (one) { return one.data(); }));
    }).then(function (pages) {
      if (!pages || query !== input.value.trim()) { return; }
      texts = { query: query, found: pages.map(function (one) { return { kind: "In the text", name: one.meta.title, address: one.url }; }) };
      show();
    }, function () {});
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
    return unique(ranks[0].concat(ranks[1], ranks[2], texts.query === input.value.trim() ? texts.found : []));
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
  input.addEventListener("input", function () { show(); searchTexts(); });
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
