// Check a quotation: the verdict as soon as it is pasted.
import { element, post } from "./http.js";

export function startQuotations(desk) {
  const panel = desk.root.querySelector("#panel-quote");
  const field = panel.querySelector("#pq-quotation");
  const shown = panel.querySelector(".checked");
  let latest = 0;

  async function check() {
    const mine = ++latest;
    if (!field.value.trim()) { shown.replaceChildren(); return; }
    try {
      const speaker = panel.querySelector("#pq-speaker").value;
      const found = await (await post("/desk/quote", { quote: field.value, speaker })).json();
      if (mine !== latest) return;
      shown.innerHTML = found.html;
      shown.dataset.verdict = found.verdict;
    } catch (error) {
      if (mine === latest) shown.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
    }
  }

  panel.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); check(); });
  field.addEventListener("paste", () => setTimeout(check));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); check(); }
  });
  shown.addEventListener("click", (event) => desk.evidence.follow(event, shown));
  return { shown: () => field.focus({ preventScroll: true }) };
}
