// The desk: puts the shell into Gradio's column, then the panels take over.
import { startAsking } from "./ask.js";
import { startDocuments } from "./documents.js";
import { startEvaluation } from "./evaluation.js";
import { startEvidence } from "./evidence.js";
import { html } from "./http.js";
import { startQuotations } from "./quotations.js";

const shell = html("/desk/shell"); // asked for while Gradio still builds its page

async function start(place) {
  place.innerHTML = await shell;
  const root = place.querySelector(".pq");
  const told = (words) => { root.querySelector(".told").textContent = words; };
  const desk = { root, told, evidence: startEvidence(root) };
  const panels = {
    ask: startAsking(desk),
    quote: startQuotations(desk),
    documents: startDocuments(desk),
    evaluation: startEvaluation(desk),
  };
  startTabs(root, desk, panels);
  document.body.dataset.ready = "yes";
}

function startTabs(root, desk, panels) {
  const tabs = [...root.querySelectorAll("[role=tab]")];
  const name = (tab) => tab.id.slice("tab-".length);
  function show(tab, focus) {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
    desk.evidence.close(false);
    root.dataset.panel = name(tab);
    if (focus) tab.focus();
    panels[name(tab)].shown?.();
  }
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      show(tab, false);
      history.replaceState(null, "", name(tab) === "ask" ? "/" : `/#${name(tab)}`);
    });
    tab.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(tab);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      show(tabs.at(next % tabs.length), true);
    });
  }
  show(tabs.find((tab) => `#${name(tab)}` === location.hash) || tabs[0], false);
}

const place = document.getElementById("pq-desk");
if (place) start(place);
else {
  const watch = new MutationObserver(() => {
    const found = document.getElementById("pq-desk");
    if (!found) return;
    watch.disconnect();
    start(found);
  });
  watch.observe(document, { childList: true, subtree: true });
}
