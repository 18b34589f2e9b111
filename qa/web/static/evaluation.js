// Evaluation: runs that packages show, and what readers said of answers.
import { html, post } from "./http.js";

export function startEvaluation(desk) {
  const panel = desk.root.querySelector("#panel-evaluation");
  const runs = panel.querySelector(".runs-panel");
  const remarks = panel.querySelector(".feedback-panel");

  async function show(wanted = {}) {
    try {
      runs.innerHTML = await html(`/desk/evaluation?${new URLSearchParams(wanted)}`);
    } catch (error) {
      runs.textContent = error.message;
    }
  }
  const list = async () => { remarks.innerHTML = await html("/desk/feedback"); };

  runs.addEventListener("change", () => {
    const chosen = Object.fromEntries(new FormData(runs.querySelector("form.runs")));
    show(chosen.run ? chosen : {});
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
  return { shown: () => { show(); list(); } };
}
