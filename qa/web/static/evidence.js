// Evidence beside the answer: opened by a chip, walked with the arrow keys, closed with Escape.
import { element, html } from "./http.js";

export function startEvidence(root) {
  const pane = root.querySelector(".evidence");
  const body = pane.querySelector(".body");
  const at = pane.querySelector(".at");
  let chips = [];
  let index = 0;

  // The citations of one answer in the order of their numbers, each once.
  function gather(place) {
    const found = new Map();
    for (const chip of place.querySelectorAll("[data-cite]")) if (!found.has(chip.dataset.cite)) found.set(chip.dataset.cite, chip);
    return [...found.values()].sort((a, b) => a.dataset.cite - b.dataset.cite);
  }

  async function show(step, focus) {
    index = Math.min(Math.max(step, 0), chips.length - 1);
    const chip = chips[index];
    for (const other of root.querySelectorAll("[data-cite].current")) other.classList.remove("current");
    chip.classList.add("current");
    pane.hidden = false;
    root.classList.add("beside");
    at.textContent = `${index + 1} of ${chips.length}`;
    pane.querySelector("[data-step='-1']").disabled = index === 0;
    pane.querySelector("[data-step='1']").disabled = index === chips.length - 1;
    const { document: id, start, end, answering } = chip.dataset;
    const wanted = new URLSearchParams({ document: id, start, end, ...(answering ? { answering } : {}) });
    try {
      const found = await html(`/desk/evidence?${wanted}`);
      if (chips[index] !== chip) return;
      body.innerHTML = found;
      pane.dataset.shown = chip.dataset.cite;
      reveal(body.querySelector(".stretch"));
    } catch (error) {
      body.replaceChildren(element("p", { class: "problem", role: "alert" }, error.message));
    }
    if (focus) pane.focus({ preventScroll: true });
  }

  function close(focus = true) {
    if (pane.hidden) return;
    pane.hidden = true;
    delete pane.dataset.shown;
    root.classList.remove("beside");
    chips[index]?.classList.remove("current");
    if (focus) chips[index]?.focus();
  }

  pane.addEventListener("click", async (event) => {
    const step = event.target.closest("[data-step]");
    if (step) show(index + Number(step.dataset.step), false);
    else if (event.target.closest("[data-close]")) close();
    const copy = event.target.closest("[data-copy]");
    if (copy) copied(copy, body.querySelector("[data-style]").value);
  });
  document.addEventListener("keydown", (event) => {
    if (pane.hidden || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") close();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const typing = event.target.closest("input, textarea, select, [role=tab]");
    if (step && !typing) { event.preventDefault(); show(index + step, true); }
  });

  return {
    close,
    follow(event, place) {
      const open = event.target.closest("[data-open]");
      const chip = open ? place.querySelector(`[data-cite="${Number(open.dataset.open)}"]`) : event.target.closest("[data-cite]");
      if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      chips = gather(place);
      show(chips.findIndex((one) => one.dataset.cite === chip.dataset.cite), true);
      chips[index] = open ? chips[index] : chip;
    },
  };
}

// Scrolls the stretch alone, so that the page stays where it is.
function reveal(stretch) {
  const mark = stretch.querySelector(".sheet .box") || stretch.querySelector(".context mark");
  if (!mark) return;
  const picture = stretch.querySelector(".sheet img");
  const go = () => { stretch.scrollTop += mark.getBoundingClientRect().top - stretch.getBoundingClientRect().top - stretch.clientHeight / 3; };
  if (picture && !picture.complete) picture.addEventListener("load", go, { once: true });
  else go();
}

async function copied(button, style) {
  const before = button.textContent;
  try {
    const words = await html(`${button.dataset.copy}&${new URLSearchParams({ style })}`);
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
  } catch (error) {
    button.textContent = error.name === "Refused" ? error.message : "The browser does not let it be copied";
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}
