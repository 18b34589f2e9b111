// The conversation: a question, its answer as it comes, what was understood, what readers say of it.
import { element, html, json, lines, post, request } from "./http.js";
import { startFilters } from "./filters.js";

const VERDICTS = ["Right", "Wrong answer", "Wrong citation"];

export function startAsking(desk) {
  const panel = desk.root.querySelector("#panel-ask");
  const form = panel.querySelector("form.asking");
  const field = panel.querySelector("#pq-question");
  const turns = panel.querySelector(".turns");
  const filters = startFilters(panel);
  const talk = []; // what was asked and answered, for follow-ups and export

  function before(turn) {
    const at = turn ? talk.indexOf(turn) : talk.length;
    const last = talk.slice(0, at).findLast((one) => one.answer);
    if (!last) return null;
    const first = last.answer.sentences[0];
    const cited = first && last.answer.citations.find((c) => c.n === first.citations[0]);
    return { question: last.answer.question, sentence: first ? first.text : "", document: cited ? cited.document.id : "" };
  }

  async function ask(question, { exact = false, turn = null } = {}) {
    const words = question.trim();
    if (!words) return;
    const began = performance.now();
    panel.classList.add("talking");
    const one = turn || added(words);
    one.reset();
    one.item.scrollIntoView({ block: "start" });
    try {
      const answer = await post("/desk/ask", { question: words, before: before(one), filters: filters.values(), exact });
      for await (const line of lines(answer)) {
        one.take(line);
        if (!["understood", "speaker"].includes(line.kind) && !one.item.dataset.first) one.item.dataset.first = String(Math.round(performance.now() - began));
      }
    } catch (error) {
      one.refused(error.message);
    }
    one.item.removeAttribute("aria-busy");
    panel.querySelector("[data-export-bar]").hidden = !talk.some((t) => t.answer);
  }

  function added(words) {
    const one = makeTurn(words, desk, (text) => ask(text, { exact: true, turn: one }));
    talk.push(one);
    turns.append(one.item);
    return one;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = field.value;
    field.value = "";
    grow();
    ask(words);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const grow = () => { field.style.height = "auto"; field.style.height = `${Math.min(field.scrollHeight, 200)}px`; };
  field.addEventListener("input", grow);
  panel.querySelector(".examples").addEventListener("click", (event) => {
    const example = event.target.closest("[data-ask]");
    if (example) { ask(example.dataset.ask); field.focus(); }
  });
  startExport(panel, desk, talk);
  welcome(panel, filters);

  const given = new URLSearchParams(location.search);
  filters.set(given);
  if (given.get("q")) ask(given.get("q"), { exact: true });
  else field.focus({ preventScroll: true });
  return {};
}

async function welcome(panel, filters) {
  try {
    const found = await json("/desk/start");
    filters.offer(found);
    panel.querySelector("[data-count]").textContent = found.count === 1 ? "One document is searched." : `${found.count.toLocaleString("en")} documents are searched.`;
    const listed = await html("/desk/examples");
    panel.querySelector(".examples").innerHTML = listed;
    panel.querySelector(".try").hidden = !listed.trim();
  } catch { /* the page works without them */ }
}

// One turn of the conversation; ``again`` asks an edited question in its place.
function makeTurn(words, desk, again) {
  const asked = element("h2", { class: "asked" }, words);
  const meant = element("form", { class: "understood" });
  const input = element("textarea", { "aria-label": "Understood as; edit and press Enter to ask that instead", rows: "1", maxlength: "20000", autocomplete: "off" });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    meant.requestSubmit();
  });
  meant.append(element("span", {}, "Understood as"), input, element("button", { class: "quiet", type: "submit" }, "Ask this"));
  meant.addEventListener("submit", (event) => { event.preventDefault(); again(input.value); });
  const said = element("p", { class: "said" });
  const rest = element("div", { class: "rest" });
  const body = element("article", { class: "answer" }, said, rest);
  const item = element("li", { class: "turn" }, asked, meant, body);
  const one = { item, answer: null };

  one.reset = () => {
    one.answer = null;
    said.replaceChildren();
    rest.replaceChildren();
    item.querySelector(".remark-bar")?.remove();
    item.querySelector(".speaker")?.remove();
    meant.hidden = true;
    item.setAttribute("aria-busy", "true");
    delete item.dataset.first;
    item.dataset.state = "asking";
  };
  one.take = (line) => {
    if (line.kind === "understood") {
      meant.hidden = !line.changed && line.question === asked.textContent;
      input.value = line.question;
    } else if (line.kind === "speaker") {
      said.insertAdjacentHTML("beforebegin", line.html);
    } else if (line.kind === "sentence") {
      said.insertAdjacentHTML("beforeend", `${line.html} `);
    } else if (line.kind === "done") {
      rest.innerHTML = line.html;
      one.answer = line.answer;
      item.dataset.state = line.status;
      item.append(remarkBar(one, desk));
    } else {
      one.refused([line.error.message, line.error.remedy].filter(Boolean).join(" "));
    }
  };
  one.refused = (message) => {
    item.dataset.state = "refused";
    rest.replaceChildren(element("p", { class: "problem", role: "alert" }, message));
  };
  body.addEventListener("click", (event) => desk.evidence.follow(event, body));
  return one;
}

function remarkBar(one, desk) {
  const bar = element("div", { class: "remark-bar" });
  const buttons = VERDICTS.map((name) => element("button", { type: "button", class: "quiet", "aria-pressed": "false" }, name));
  const link = element("a", { class: "quiet", href: `/?${new URLSearchParams({ q: one.answer.question })}` }, "Link to this answer");
  const form = element("form", { class: "note-form" });
  form.hidden = true;
  const note = element("input", { "aria-label": "Note", placeholder: "A note, if you like: what is right?", maxlength: "2000", autocomplete: "off" });
  form.append(note, element("button", { class: "act", type: "submit" }, "Keep"));
  let verdict = "";
  for (const button of buttons) {
    button.addEventListener("click", () => {
      verdict = button.textContent.toLowerCase();
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      form.hidden = false;
      note.focus();
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post("/desk/feedback", { verdict, note: note.value, answer: one.answer });
      form.replaceChildren(element("p", { class: "done", role: "status" }, "Kept. It is listed under Evaluation."));
      for (const button of buttons) button.disabled = true;
    } catch (error) {
      desk.told(error.message);
    }
  });
  bar.append(...buttons, link, form);
  return bar;
}

function startExport(panel, desk, talk) {
  panel.querySelector("[data-export-bar]").addEventListener("click", async (event) => {
    const format = event.target.closest("[data-export]")?.dataset.export;
    if (!format) return;
    try {
      const answers = talk.filter((one) => one.answer).map((one) => one.answer);
      const sent = await request("/desk/export", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ format, answers }) });
      const link = element("a", { href: URL.createObjectURL(await sent.blob()), download: `conversation.${{ markdown: "md" }[format] || format}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (error) {
      desk.told(error.message);
    }
  });
}
