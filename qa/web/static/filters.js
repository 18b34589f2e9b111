// Filters: what is set stays in sight above the question and is taken off with one press.
import { element } from "./http.js";

const NAMES = { collection: "Collection", publisher: "Publisher", language: "Language", since: "From", until: "Until" };

export function startFilters(panel) {
  const box = panel.querySelector(".filters");
  const shown = panel.querySelector("[data-set]");
  const button = panel.querySelector("[data-filters]");
  const field = (name) => box.querySelector(`[name=${name}]`);
  let given = {};

  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
  });
  box.addEventListener("change", show);
  shown.addEventListener("click", (event) => {
    const name = event.target.closest("[data-off]")?.dataset.off;
    if (!name) return;
    field(name).value = "";
    show();
    button.focus();
  });

  function values() {
    const found = {};
    for (const name of Object.keys(NAMES)) {
      const value = field(name).value.trim();
      if (value && field(name).checkValidity()) found[name] = value;
    }
    return found;
  }

  function show() {
    shown.replaceChildren(...Object.entries(values()).map(([name, value]) =>
      element("button", { type: "button", class: "set-filter", "data-off": name, "aria-label": `Remove the filter ${NAMES[name]} ${value}` },
        element("span", {}, `${NAMES[name]}: ${value}`), element("span", { "aria-hidden": "true" }, " ×"))));
  }

  return {
    values,
    offer(found) {
      for (const name of ["collection", "publisher", "language"]) {
        const select = field(name);
        for (const value of found[name]) {
          if (![...select.options].some((o) => o.value === value)) select.append(element("option", { value }, value));
        }
      }
      this.set(given);
    },
    set(wanted) {
      given = wanted instanceof URLSearchParams ? Object.fromEntries(wanted) : wanted;
      for (const name of Object.keys(NAMES)) {
        const value = given[name];
        if (!value) continue;
        const select = field(name);
        if (select.options && ![...select.options].some((o) => o.value === value)) select.append(element("option", { value }, value));
        select.value = value;
      }
      show();
    },
  };
}
