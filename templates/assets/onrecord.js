/* Optional: every page is whole without it. Lights words and notes together, steps through quotes by keys, copies a quote, keeps the choice
   of layers; sorts tables; sieves lists, as a whole, and gives what is left as CSV and JSON. */
(function () {
  "use strict";
  var NARROW = "(max-width: 60rem)", KEPT = "onrecord-layers", KEYS = "onrecord-keys";
  var pinned = "", sheet = null;

  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function make(tag, name, text) {
    var one = document.createElement(tag);
    one.className = name || "";
    one.textContent = text || "";
    return one;
  }
  /* A browser may refuse to keep anything, as from disk. */
  function kept(key) { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { return {}; } }
  function keep(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { return; } }

  /* --- light --- */
  function noteOf(id) { return document.getElementById("note-" + id); }
  function named() {
    try { return decodeURIComponent(location.hash.slice(1)).replace(/^note-/, ""); } catch (error) { return ""; }
  }
  function pieces(id) {
    return all("[data-ann]").filter(function (one) { return one.dataset.ann.split(" ").indexOf(id) >= 0; });
  }
  function light(ids) {
    all(".orx-lit").forEach(function (one) { one.classList.remove("orx-lit"); });
    ids.filter(Boolean).forEach(function (id) {
      pieces(id).concat(noteOf(id) || []).forEach(function (one) { one.classList.add("orx-lit"); });
    });
  }
  function rest() { light([pinned || named()]); }
  /* The id of the innermost quote or doubt around an element of the text, or of the note that it lies in. */
  function idAt(element) {
    var ref = element.closest(".orx-ref"), note = element.closest(".orx-note[id]"), piece = element.closest("[data-ann]");
    if (ref) { return ref.getAttribute("href").replace("#note-", ""); }
    if (note) { return note.id.replace("note-", ""); }
    var ids = piece && piece.closest(".orx-text") ? piece.dataset.ann.split(" ").filter(noteOf) : [];
    return ids[ids.length - 1] || "";
  }
  function pointed(event) {
    var id = event.target.closest ? idAt(event.target) : "";
    if (id) { light([id, pinned]); } else { rest(); }
  }
  /* The address without a jump: who clicks on words sees them. What an earlier address led to is let go. */
  function address(id) {
    history.replaceState(null, "", "#" + id);
    all(".onrecord").forEach(function (one) { one.classList.add("orx-pins"); });
  }
  function unpin() {
    if (sheet) { sheet.remove(); sheet = null; }
    all(".orx-note[open]").forEach(function (one) { one.open = false; });
    pinned = "";
    rest();
  }
  function pin(id, jump) {
    unpin();
    pinned = id;
    if (jump) { location.replace("#" + id); } else { address(id); }
    if (matchMedia(NARROW).matches) { raise(noteOf(id)); } else { noteOf(id).open = true; }
    rest();
  }
  function raise(note) {
    var copy = note.cloneNode(true), close = make("button", "orx-close", "×");
    sheet = make("aside", "onrecord orx-up");
    sheet.setAttribute("aria-label", "Note");
    copy.removeAttribute("id");
    copy.open = true;
    all(".orx-copy", copy).forEach(function (one) { one.remove(); });
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", unpin);
    sheet.append(copy, close);
    addCopy(copy, note.id.replace("note-", ""));
    document.body.append(sheet);
  }
  /* A note that is about to open or close, by the browser itself: one is open at a time. */
  function chosen(note) {
    if (note.open) { pinned = ""; rest(); return; }
    unpin();
    if (!note.id) { return; }
    pinned = note.id.replace("note-", "");
    address(pinned);
    rest();
  }
  function clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest) { return; }
    if (event.target.closest(".orx-up, .orx-help")) { return; }
    if (event.target.closest(".orx-note > summary")) { chosen(event.target.closest(".orx-note")); return; }
    var text = event.target.closest(".orx-text"), id = text && idAt(event.target);
    var link = event.target.closest("a:not(.orx-ref)");
    if (!id || link || !getSelection().isCollapsed) {
      if (!text && !event.target.closest(".orx-note, .orx-legend, .orx-heard-here")) { unpin(); }
      return;
    }
    event.preventDefault();
    if (pinned === id) { unpin(); } else { pin(id); }
  }

  /* --- copy --- */
  /* The words as they stand, with " … " where others come between them. Only what the article has in quotation marks has them here. */
  function wordsOf(id) {
    var parts = [], last = null;
    pieces(id).forEach(function (one) {
      var run = one.closest(".orx-quote") || one;
      if (run !== last) { parts.push(""); }
      last = run;
      parts[parts.length - 1] += one.textContent;
    });
    return parts.map(function (one) { return one.replace(/\s+/g, " ").trim(); }).filter(Boolean).join(" … ");
  }
  function citation(note, id) {
    var speaker = note.querySelector("div > p").textContent.trim(), reported = note.classList.contains("orx-note-indirect");
    var title = document.querySelector(".onrecord h1"), meta = all(".orx-meta dd:not(.orx-missing)").map(function (one) { return one.textContent; });
    var from = [title ? title.textContent.trim() : document.title].concat(meta).join(", ");
    return (reported ? "Reported, not quoted: " : "") + wordsOf(id) + "\n— " + speaker + "\n" + from + "\n" + location.href.split("#")[0] + "#" + id;
  }
  function copyText(text, done) {
    function old() {
      var area = make("textarea", "");
      area.value = text;
      document.body.append(area);
      area.select();
      var copied = document.execCommand("copy");
      area.remove();
      done(copied);
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(function () { done(true); }, old); } else { old(); }
  }
  function addCopy(note, id) {
    if (!/orx-note-(direct|mixed|indirect)/.test(note.className) || note.querySelector(".orx-copy")) { return; }
    var button = make("button", "orx-copy", "Copy quote");
    button.type = "button";
    button.addEventListener("click", function () {
      copyText(citation(note, id), function (copied) { button.textContent = copied ? "Copied" : "Could not be copied"; });
    });
    note.querySelector("div").append(button);
  }
  function opened(event) {
    var note = event.target;
    if (note.open && note.matches && note.matches(".orx-note[id]")) { addCopy(note, note.id.replace("note-", "")); }
  }

  /* --- keys --- */
  function step(by) {
    var notes = all(".orx-note[id^='note-']").filter(function (one) { return one.checkVisibility() && !/-(claims|undecided|old)/.test(one.className); });
    var ids = notes.map(function (one) { return one.id.replace("note-", ""); }), at = ids.indexOf(pinned || named());
    var next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by];
    if (next) { pin(next, true); }
  }
  function help() {
    var old = document.querySelector(".orx-help");
    if (old) { old.remove(); return; }
    var box = make("dialog", "onrecord orx-help"), label = make("label", "orx-toggle"), on = make("input"), close = make("button", "orx-copy", "Close");
    [["j", "next quote"], ["k", "the quote before"], ["/", "search"], ["Esc", "let go of a quote"], ["?", "this list"]].forEach(function (row) {
      var line = make("p");
      line.append(make("kbd", "", row[0]), " " + row[1]);
      box.append(line);
    });
    on.type = "checkbox";
    on.checked = !kept(KEYS).off;
    on.addEventListener("change", function () { keep(KEYS, { off: !on.checked }); });
    label.append(on, "use these keys");
    box.append(label, close);
    box.setAttribute("aria-label", "Keys");
    close.type = "button";
    close.addEventListener("click", function () { box.close(); });
    box.addEventListener("close", function () { box.remove(); });
    document.body.append(box);
    box.showModal();
  }
  function pressed(event) {
    if (event.key === "Escape") { unpin(); return; }
    var typing = event.target.closest && event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || kept(KEYS).off) { return; }
    var search = document.querySelector(".site-search input");
    if (event.key === "?") { help(); } else if (event.key === "/" && search) { search.focus(); event.preventDefault(); }
    if (document.querySelector(".orx-text") && (event.key === "j" || event.key === "k")) { step(event.key === "j" ? 1 : -1); }
  }
  function addKeys() {
    var legend = document.querySelector(".orx-legend"), button = make("button", "orx-copy orx-keys", "Keys");
    if (!legend) { return; }
    button.type = "button";
    button.addEventListener("click", help);
    legend.append(button);
  }

  /* --- layers: the choice stays from page to page --- */
  function keepLayers() {
    var layers = kept(KEPT);
    all(".orx-toggle input[class^='orx-show-']").forEach(function (one) {
      if (one.className in layers) { one.checked = layers[one.className]; }
      one.addEventListener("change", function () {
        var now = kept(KEPT);
        now[one.className] = one.checked;
        keep(KEPT, now);
      });
    });
  }

  function key(row, column) {
    var cell = row.cells[column];
    return cell ? (cell.dataset.sort || cell.textContent.trim()) : "";
  }
  function isNumber(text) { return /^[\d.,\s%–-]+$/.test(text) && /\d/.test(text); }
  /* Numbers downward first, words upward. */
  function sortBy(table, column, header) {
    var before = header.getAttribute("aria-sort"), body = table.tBodies[0], rows = Array.from(body.rows);
    var numbers = rows.every(function (row) { return isNumber(key(row, column)) || !/\w/.test(key(row, column)); });
    var down = before ? before === "ascending" : numbers;
    all("th[aria-sort]", table).forEach(function (one) { one.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort(function (one, other) {
      var order = key(one, column).localeCompare(key(other, column), undefined, { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  }
  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var button = make("button", "orx-sort");
      button.type = "button";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      button.addEventListener("click", function () { sortBy(table, column, header); });
      header.appendChild(button);
    });
  }

  /* --- the sieve: facets that combine, over the whole list --- */
  var LISTS = ".orx-items, .orx-page-actor-mentions .orx-mentions, .orx-claim-table, .orx-relation-table, .orx-actor-table, :is(.orx-page-home, .orx-page-articles, .orx-page-timeline, .orx-page-actor-list) .orx-sortable";
  var OF_MENTIONS = [["In the text as", "a"], ["How", "small"], ["Article", "h3"]];
  var OF_QUOTES = [["Kind", "[class^='orx-kind-']"], ["Speaker", ".orx-by > *, .orx-by"], ["Reporting verb", "i"], ["Article", "a[href*='#']:not([rel])"]];

  function itemsIn(list) { return list.tBodies ? Array.from(list.tBodies[0].rows) : Array.from(list.children); }
  /* The text of a cell up to its first line break: what it says, without what it says besides. */
  function saidIn(cell) {
    var text = "", node = cell.firstChild;
    if (cell.dataset.pick !== undefined) { return cell.dataset.pick; }
    for (; node && node.nodeName !== "BR"; node = node.nextSibling) { text += node.textContent; }
    return text.trim();
  }
  function facetsOf(list, single) {
    if (!list.tBodies) {
      return factsOf(list).filter(function (row) { return row[0] !== "Article" || !single; }).map(function (row) {
        return { name: row[0], of: function (item) { var one = partOf(item, row[1]); return one ? saidIn(one) : ""; } };
      });
    }
    return Array.from(list.tHead.rows[0].cells).map(function (header, column) {
      return { name: header.textContent.trim(), picks: header.dataset.picks !== undefined, of: function (item) { return saidIn(item.cells[column]); } };
    }).filter(function (facet) { return facet.picks; });
  }
  function factsOf(list) { return list.matches(".orx-mentions") ? OF_MENTIONS : OF_QUOTES; }
  /* A part of an item, or of the article that it stands in. */
  function partOf(item, part) { return item.querySelector(part) || (item.closest(".orx-in") || item).querySelector(part); }
  function isShown(item) {
    return !item.hidden && (!item.classList.contains("orx-unsure") || !!document.querySelector(".orx-show-unsure:checked"));
  }

  function Sieve(lists) {
    this.lists = lists;
    this.whole = !document.querySelector(".orx-pager");
    this.facets = facetsOf(lists[0], this.whole && new Set(all("a[href*='#']:not([rel])", lists[0]).map(function (a) { return a.textContent; })).size < 2);
    this.bar = make("div", "orx-sieve");
    this.told = make("p", "orx-found");
    this.told.setAttribute("role", "status");
    this.wants = new URLSearchParams(location.hash.indexOf("=") > 0 ? location.hash.slice(1) : "");
    this.selects = {};
    this.draw();
    ["focusin", "pointerenter"].forEach(function (name) { this.bar.addEventListener(name, this.load.bind(this)); }, this);
    if (this.wants.size) { this.chosen(); } else { this.tell(); }
  }
  Sieve.prototype.items = function () { return this.lists.flatMap(itemsIn); };
  /* A menu for each facet that tells items apart; again when there are more items, of which some may have other values. */
  Sieve.prototype.draw = function () {
    var sieve = this, input = make("input");
    this.facets.forEach(function (facet) {
      var values = Array.from(new Set(sieve.items().map(facet.of))).sort(), select = sieve.selects[facet.name] || make("select");
      if (values.length < 2) { return; }
      select.replaceChildren();
      select.add(new Option("all", ""));
      values.forEach(function (value) { select.add(new Option(value || "not given", "=" + value)); });
      if (!sieve.selects[facet.name]) { sieve.add(facet.name, select, "change"); }
      sieve.selects[facet.name] = select;
      select.value = sieve.wants.get(facet.name) || "";
    });
    input.type = "search";
    if (!this.text) { this.text = input; this.add("Filter", input, "input"); }
    this.bar.append(this.text.parentNode);
  };
  Sieve.prototype.add = function (name, input, event) {
    var label = make("label", "orx-filter", name + " "), sieve = this;
    input.value = this.wants.get(name) || "";
    label.append(input);
    input.addEventListener(event, function () {
      if (input.value) { sieve.wants.set(name, input.value); } else { sieve.wants.delete(name); }
      try { history.replaceState(null, "", sieve.wants.size ? "#" + sieve.wants : location.href.split("#")[0]); } catch (error) { /* a page without an address */ }
      sieve.chosen();
    });
    this.bar.append(label);
  };
  /* Before the first choice all pages of the list are fetched, so that the whole list is looked through. */
  Sieve.prototype.chosen = function () {
    var sieve = this;
    if (this.whole || this.only) { this.apply(); return; }
    this.told.textContent = "Loading the whole list …";
    this.load();
  };
  Sieve.prototype.load = function () {
    var sieve = this;
    if (this.whole || this.only || this.loading) { return; }
    this.loading = true;
    fetchAll(this.lists[0]).then(function () { sieve.whole = true; sieve.lists = all(LISTS); }, function () { sieve.only = true; }).then(function () {
      sieve.draw();
      sieve.apply();
    });
  };
  Sieve.prototype.apply = function () {
    var wants = this.wants, facets = this.facets, words = (wants.get("Filter") || "").toLowerCase();
    this.items().forEach(function (item) {
      item.hidden = !facets.every(function (facet) { var want = wants.get(facet.name); return !want || "=" + facet.of(item) === want; }) ||
        item.textContent.toLowerCase().indexOf(words) < 0;
    });
    this.tell();
  };
  Sieve.prototype.tell = function () {
    var items = this.items(), shown = items.filter(isShown), pager = document.querySelector(".orx-pager p");
    var whole = pager && /–[\d,]+ of ([\d,]+)/.exec(pager.textContent), total = this.whole || !whole ? items.length : whole[1];
    all(".orx-pager").forEach(function (one) { one.hidden = this.whole && this.wants.size > 0; }, this);
    this.lists.forEach(function (list) {
      var section = list.closest(".orx-in, section");
      if (section && !section.closest(".orx-page-home")) { section.hidden = !itemsIn(list).some(isShown) && this.wants.size > 0; }
    }, this);
    if (!this.wants.size) { this.told.textContent = ""; return; }
    this.told.textContent = (shown.length || "None") + " of " + (this.only ? items.length + " on this page; opened from disk, the other pages are not looked through. " : total + ". ");
    if (shown.length) { this.offer("CSV", this.csv); this.offer("JSON", this.json); }
  };
  Sieve.prototype.offer = function (name, write) {
    var button = make("button", "orx-copy", "This view as " + name), sieve = this;
    button.type = "button";
    button.addEventListener("click", function () {
      var link = make("a");
      link.href = URL.createObjectURL(new Blob([write(sieve.rows())], { type: name === "CSV" ? "text/csv" : "application/json" }));
      link.download = "view." + name.toLowerCase();
      link.click();
      URL.revokeObjectURL(link.href);
    });
    this.told.append(button);
  };
  function placeOf(item) {
    var link = item.querySelector("a[href*='#']:not([rel])") || item.querySelector("a[href]");
    return link ? link.href : "";
  }
  function plain(node) { return node.textContent.replace(/\s+/g, " ").trim(); }
  Sieve.prototype.rows = function () {
    return this.lists.flatMap(function (list) {
      return itemsIn(list).filter(isShown).map(function (item) {
        if (!list.tBodies) {
          var row = { Words: plain(item.querySelector(".orx-said, .orx-told") || item) };
          factsOf(list).forEach(function (facet) { var one = partOf(item, facet[1]); row[facet[0]] = one ? plain(one) : ""; });
          row.Place = placeOf(item);
          return row;
        }
        var cells = {};
        Array.from(list.tHead.rows[0].cells).forEach(function (header, column) {
          var copy = item.cells[column].cloneNode(true);
          all("br", copy).forEach(function (one) { one.replaceWith(" / "); });
          cells[plain(header)] = plain(copy);
        });
        cells.Place = placeOf(item);
        return cells;
      });
    });
  };
  Sieve.prototype.json = function (rows) { return JSON.stringify(rows, null, 1); };
  /* As the tables under Downloads: a mark for spreadsheets, and no cell that one would run. */
  Sieve.prototype.csv = function (rows) {
    function cell(text) { return '"' + text.replace(/^(?='*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, "'").replace(/"/g, '""') + '"'; }
    var heads = Object.keys(rows[0]);
    return "\ufeff" + [heads].concat(rows.map(function (row) { return heads.map(function (head) { return row[head]; }); })).map(function (row) {
      return row.map(cell).join(",");
    }).join("\r\n") + "\r\n";
  };
  function fetchAll(list) {
    var first = document.querySelector(".orx-pager [aria-label='Page 1']"), rest = [];
    var parts = list.closest(".orx-in") && all(".orx-in"); /* of a list that is parted by articles */
    function take(address) {
      return fetch(address).then(function (answer) {
        if (!answer.ok) { throw new Error(address); }
        return answer.text();
      }).then(function (html) {
        var page = new DOMParser().parseFromString(html, "text/html"), next = page.querySelector(".orx-pager [rel='next']");
        all("a[href]", page).forEach(function (one) { one.setAttribute("href", new URL(one.getAttribute("href"), address).href); });
        if (parts) { rest = rest.concat(all(".orx-in", page)); } else { all(LISTS, page).slice(0, 1).forEach(function (one) { rest = rest.concat(itemsIn(one)); }); }
        return next ? take(next.getAttribute("href")) : undefined;
      });
    }
    return take(first ? first.href : location.href.split("#")[0]).then(function () {
      if (parts) {
        parts[0].before.apply(parts[0], rest.map(function (one) { return document.importNode(one, true); }));
        parts.forEach(function (one) { one.remove(); });
        return;
      }
      (list.tBodies ? list.tBodies[0] : list).replaceChildren.apply(list.tBodies ? list.tBodies[0] : list, rest.map(function (one) { return document.importNode(one, true); }));
    });
  }
  function makeSieve() {
    var lists = document.querySelector(".orx-page-actor") ? [] : all(LISTS);
    if (!lists.length || (lists.flatMap(itemsIn).length < 9 && !document.querySelector(".orx-pager"))) { return; }
    var sieve = new Sieve(lists), before = document.querySelector(".orx-unsure-switch, .orx-pager") || lists[0].closest(".orx-in, section:not([aria-labelledby='articles'])") || lists[0].closest(".orx-scroll") || lists[0];
    before.before(sieve.bar, sieve.told);
    addEventListener("change", function (event) { if (event.target.matches(".orx-show-unsure")) { sieve.tell(); } });
  }

  function start() {
    keepLayers();
    addKeys();
    rest();
    all("table.orx-sortable").forEach(function (table) {
      makeSortable(table);
    });
    makeSieve();
    if (document.querySelector(".orx-text")) {
      ["mouseover", "focusin"].forEach(function (name) { document.addEventListener(name, pointed); });
      document.addEventListener("click", clicked);
      document.addEventListener("toggle", opened, true);
    }
    document.addEventListener("keydown", pressed);
  }
  addEventListener("hashchange", function () {
    all(".orx-pins").forEach(function (one) { one.classList.remove("orx-pins"); });
    if (named() === pinned) { rest(); } else { unpin(); }
  });
  if (document.readyState === "loading") { addEventListener("DOMContentLoaded", start); } else { start(); }
})();
