/* Optional: every page is whole without it. Lights up all pieces of the annotation that a permalink names; sorts and filters tables. */
(function () {
  "use strict";
  function lightUp() {
    document.querySelectorAll(".orx-lit").forEach(function (one) { one.classList.remove("orx-lit"); });
    var name = decodeURIComponent(location.hash.slice(1)).replace(/^note-/, "");
    if (!name) { return; }
    document.querySelectorAll("[data-ann]").forEach(function (one) {
      if (one.dataset.ann.split(" ").indexOf(name) >= 0) { one.classList.add("orx-lit"); }
    });
  }
  function key(row, column) {
    var cell = row.cells[column];
    return cell ? (cell.dataset.sort || cell.textContent.trim()) : "";
  }
  function sortBy(table, column, header) {
    var down = header.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach(function (one) { one.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    var body = table.tBodies[0];
    Array.from(body.rows).sort(function (a, b) {
      var order = key(a, column).localeCompare(key(b, column), undefined, { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  }
  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "orx-sort";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      button.addEventListener("click", function () { sortBy(table, column, header); });
      header.appendChild(button);
    });
  }
  function show(table, wants) {
    Array.from(table.tBodies[0].rows).forEach(function (row) { row.hidden = !wants.every(function (want) { return want(row); }); });
  }
  function addFilter(table, name, input, make, wants) {
    var label = document.createElement("label"), place = wants.length;
    label.className = "orx-filter";
    label.textContent = name + " ";
    label.appendChild(input);
    wants.push(make(""));
    input.addEventListener("input", function () { wants[place] = make(input.value); show(table, wants); });
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }
  function picked(row, column) {
    var cell = row.cells[column];
    return cell.dataset.pick === undefined ? cell.textContent.trim() : cell.dataset.pick;
  }
  function makePick(table, header, column, wants) {
    var select = document.createElement("select"), seen = {};
    Array.from(table.tBodies[0].rows).forEach(function (row) { seen["=" + picked(row, column)] = true; });
    var values = Object.keys(seen).map(function (one) { return one.slice(1); }).sort();
    if (values.length < 2) { return; }
    select.add(new Option("all", ""));
    values.forEach(function (value) { select.add(new Option(value || "not given", "=" + value)); });
    addFilter(table, header.textContent.trim(), select, function (wanted) {
      return function (row) { return !wanted || "=" + picked(row, column) === wanted; };
    }, wants);
  }
  function makeFilters(table) {
    var input = document.createElement("input"), wants = [];
    input.type = "search";
    addFilter(table, document.querySelector(".orx-pager") ? "Filter this page" : "Filter", input, function (value) {
      var words = value.toLowerCase();
      return function (row) { return row.textContent.toLowerCase().indexOf(words) >= 0; };
    }, wants);
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      if (header.dataset.picks !== undefined) { makePick(table, header, column, wants); }
    });
  }
  function start() {
    lightUp();
    document.querySelectorAll("table.orx-sortable").forEach(function (table) {
      makeSortable(table);
      if (table.tBodies[0].rows.length > 8) { makeFilters(table); }
    });
  }
  addEventListener("hashchange", lightUp);
  if (document.readyState === "loading") { addEventListener("DOMContentLoaded", start); } else { start(); }
})();
