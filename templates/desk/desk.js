/* The desk of a served site: answers beside each note, which are written into corrections.yml. It is on no site that is built.
   A note's ready entry says what it is about; the server finds its words in the article again, or writes nothing. */
(function () {
  "use strict";
  var own = document.currentScript, TOKEN = own.dataset.token, DESK = own.dataset.desk;
  var OF_QUOTES = [["right", "Right"], ["speaker", "Wrong speaker"], ["wrong", "Not a quote"], ["words", "Wrong words"], ["same", "Same as"], ["no-party", "Not a party"]];
  var OF_CLAIMS = [["right", "Right"], ["wrong", "Not a claim"]], OF_ACTORS = [["right", "Right"], ["same", "Same as"], ["no-party", "Not a party"]];
  var OF_DOUBTS = [["same", "It is"]], OF_PAIRS = [["right", "One and the same"], ["wrong", "Two"]];
  var TYPES = ["person", "organization", "state", "armed_force", "armed_group", "coalition", "media", "described_group", "place"];

  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function make(tag, name, text) {
    var one = document.createElement(tag);
    one.className = name || "";
    one.textContent = text || "";
    if (tag === "button") { one.type = "button"; }
    return one;
  }
  function ask(path, sent) {
    var how = { method: sent ? "POST" : "GET", headers: { "X-Onrecord-Token": TOKEN } };
    if (sent) { how.headers["Content-Type"] = "application/json"; how.body = JSON.stringify(sent); }
    return fetch(DESK + path, how).then(function (answer) {
      return answer.json().then(function (told) {
        if (!answer.ok) { throw new Error(told.error); }
        return told;
      });
    });
  }

  /* --- the bar at the foot of the page: what was written, what went wrong, the way back --- */
  var bar = make("aside", "onrecord orx-desk-bar"), told = make("p");
  bar.setAttribute("aria-label", "Corrections");
  told.setAttribute("role", "status");
  bar.append(told);
  bar.hidden = true;
  function tell(text) {
    all("button", bar).forEach(function (one) { one.remove(); });
    told.textContent = text;
    bar.hidden = !text;
  }
  function button(name, done) {
    var one = make("button", "orx-copy", name);
    one.addEventListener("click", done);
    bar.append(one);
    return one;
  }
  function failed(error) { tell(error.message); button("Close", function () { tell(""); }); }
  function decide(decision) {
    tell("Writing …");
    return ask("decide", decision).then(function (answer) {
      tell("Written to corrections.yml: " + answer.said + " The page is made anew.");
    }, failed);
  }
  function offerUndo() {
    ask("last").then(function (answer) {
      if (!answer.last || !bar.hidden) { return; }
      tell("Written to corrections.yml: " + answer.last);
      button("Undo", function () {
        ask("undo", {}).then(function () { tell("Taken back. The page is made anew."); }, failed);
      });
    }, failed);
  }

  /* --- the answers beside a note --- */
  function field(entry, name) {
    var found = new RegExp("^ {4}" + name + ": (.*)$", "m").exec(entry);
    try { return found ? JSON.parse(found[1]) : ""; } catch (error) { return found[1]; }
  }
  function answersTo(entry) {
    var action = (/^ {2}- action: (\S+)/.exec(entry) || [])[1];
    if (action === "same") { return /^ {6}article: /m.test(entry) ? OF_PAIRS : OF_DOUBTS; }
    return { "confirm-quote": OF_QUOTES, "confirm-claim": OF_CLAIMS, "confirm-actor": OF_ACTORS }[action] || [];
  }
  function addAnswers(offer) {
    var code = offer.querySelector("pre code"), entries = code ? code.textContent.split(/\n(?= {2}- )/) : [];
    entries.forEach(function (entry) {
      var row = make("p", "orx-desk"), answers = answersTo(entry).filter(function (one) { return one[0] !== "words" || document.querySelector(".orx-text"); });
      row.dataset.entry = entry;
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", "Correct: " + [].concat(field(entry, "words")).join(" … ").slice(0, 60));
      if (entries.length > 1) { row.append(make("small", "", [].concat(field(entry, "words")).join(" … ") + " ")); }
      answers.forEach(function (one) {
        var choice = make("button", "orx-copy", one[1]);
        choice.dataset.choice = one[0];
        row.append(choice);
      });
      offer.before(row);
    });
  }
  function chosen(event) {
    var one = event.target.closest && event.target.closest(".orx-desk button"), entry = one && one.closest(".orx-desk").dataset.entry;
    if (!one) { return; }
    event.preventDefault();
    if (one.dataset.choice === "words") { askWords(entry); }
    else if (one.dataset.choice === "speaker" || one.dataset.choice === "same") { askParty(entry, one.dataset.choice); }
    else { decide({ choice: one.dataset.choice, offer: entry }); }
  }

  /* --- who --- */
  function labelled(text, input) {
    var label = make("label", "", text + " ");
    label.append(input);
    return label;
  }
  function askParty(entry, choice) {
    ask("parties?article=" + encodeURIComponent(field(entry, "article"))).then(function (answer) {
      var box = make("dialog", "onrecord orx-help orx-desk-who"), form = make("form"), list = make("select"), name = make("input"), type = make("select"), known = make("datalist");
      var save = make("button", "orx-copy", "Save"), cancel = make("button", "orx-copy", "Cancel"), speaks = choice === "speaker";
      form.method = "dialog";
      list.add(new Option("choose …", ""));
      answer.parties.forEach(function (one) { list.add(new Option(one.name + " (" + one.type + ")", one.id)); });
      if (speaks) { list.add(new Option("nobody whom the text names", "unknown")); }
      TYPES.forEach(function (one) { type.add(new Option(one.replace("_", " "), one)); });
      name.autocomplete = "off";
      if (!speaks) {
        known.id = "orx-desk-names";
        answer.names.forEach(function (one) { known.append(new Option("", one)); });
        name.setAttribute("list", known.id);
        form.append(known);
      }
      form.append(labelled(speaks ? "Who says it" : "Who it is", list), labelled(speaks ? "or a name, as it stands in the article" : "or the name of another of this site", name));
      if (speaks) { form.append(labelled("which is a", type)); }
      save.type = "submit";
      form.append(save, cancel);
      cancel.addEventListener("click", function () { box.close(); });
      form.addEventListener("submit", function () {
        if (list.value || name.value.trim()) { decide({ choice: choice, offer: entry, actor: list.value, name: list.value ? "" : name.value.trim(), type: type.value }); }
      });
      box.setAttribute("aria-label", "Correct");
      box.addEventListener("close", function () { box.remove(); });
      box.append(form);
      document.body.append(box);
      box.showModal();
    }).catch(failed);
  }

  /* --- words --- */
  function points(text) { return Array.from(text).length; }
  /* What is selected in the article, as code points of its text. A gap is one character of it, and none of the page. */
  function selected() {
    var selection = getSelection(), text = document.querySelector(".orx-text"), range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) { return null; }
    var before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    var start = points(before.toString()) + before.cloneContents().querySelectorAll(".orx-gap").length, words = range.toString();
    return { start: start, end: start + points(words), words: words };
  }
  function askWords(entry) {
    var pieces = [];
    function take() {
      var piece = selected();
      if (piece) { pieces.push(piece); }
      return pieces.length;
    }
    function draw() {
      tell(pieces.length ? "Taken: " + pieces.map(function (one) { return one.words; }).join(" … ") : "Select in the article what is said.");
      /* Without this a press on the button would let go of the selection. */
      [button("These are the words", function () { if (take()) { decide({ choice: "words", offer: entry, pieces: pieces }); } }),
        button("And more", function () { take(); draw(); })].forEach(function (one) {
        one.addEventListener("mousedown", function (event) { event.preventDefault(); });
      });
      button("Cancel", function () { tell(""); offerUndo(); });
    }
    draw();
  }

  document.body.append(bar);
  all(".orx-offer").forEach(addAnswers);
  document.addEventListener("click", chosen, true);
  offerUndo();
})();
