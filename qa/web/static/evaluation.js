// Evaluation: runs that packages show and start, and what readers said of answers.
import { html, json, post } from "./http.js";

export function startEvaluation(desk) {
  const panel = desk.root.querySelector("#panel-evaluation");
  const runs = panel.querySelector(".runs-panel");
  const progress = panel.querySelector(".run-progress");
  const remarks = panel.querySelector(".feedback-panel");
  let polling = false;

  async function show(wanted = {}) {
    try {
      runs.innerHTML = await html(`/desk/evaluation?${new URLSearchParams(wanted)}`);
    } catch (error) {
      runs.textContent = error.message;
    }
  }
  const list = async () => { remarks.innerHTML = await html("/desk/feedback"); };

  async function poll() {
    if (polling) return;
    polling = true;
    let was = false;
    try {
      for (;;) {
        const state = await json("/desk/runs");
        progress.innerHTML = state.html;
        if (!state.busy) {
          if (was && state.made) await show({ run: state.made });
          break;
        }
        was = true;
        await new Promise((later) => setTimeout(later, 500));
      }
    } catch (error) {
      progress.textContent = error.message;
    }
    polling = false;
  }

  runs.addEventListener("change", (event) => {
    if (event.target.name === "cases") return;
    const form = runs.querySelector("form.runs");
    const { panel: chosen = form.dataset.panel, run = "", before = "" } = Object.fromEntries(new FormData(form));
    show({ panel: chosen, ...(run ? { run, before: before === run ? "" : before } : {}) });
  });
  runs.addEventListener("click", (event) => {
    const run = event.target.closest("[data-run]")?.dataset.run;
    if (!run) return;
    event.preventDefault();
    show({ panel: runs.querySelector("form.runs").dataset.panel, run });
  });
  runs.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      progress.innerHTML = (await (await post("/desk/runs", { panel: form.dataset.panel, cases: form.elements.cases.value })).json()).html;
      poll();
    } catch (error) {
      progress.textContent = error.message;
    }
  });
  remarks.addEventListener("submit", async (event) => {
    const form = event.target.closest("form.to-case");
    if (!form) return;
    event.preventDefault();
    const answerable = event.submitter?.value !== "silent";
    try {
      await post("/desk/cases", { remark: form.dataset.case, fact: answerable ? form.elements.fact.value : "", answerable });
      await list();
    } catch (error) {
      form.querySelector(".problem").textContent = error.message;
    }
  });
  return { shown: () => { show(); list(); poll(); } };
}
