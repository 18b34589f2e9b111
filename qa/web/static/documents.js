// Documents: adding with progress, the list, removing.
import { element, html, json, request } from "./http.js";

export function startDocuments(desk) {
  const panel = desk.root.querySelector("#panel-documents");
  const shelf = panel.querySelector(".shelf");
  const additions = panel.querySelector(".additions");
  const sending = panel.querySelector(".sending");
  const problem = panel.querySelector("[data-problem]");
  const find = panel.querySelector("#pq-find");
  const collection = panel.querySelector("#pq-collection");
  const order = { sort: "title", down: false };
  let most = 200;
  let polling = false;
  let again = false;
  let latest = 0;

  async function list() {
    const mine = ++latest;
    const found = await html(`/desk/documents?${new URLSearchParams({ q: find.value, most, ...order })}`);
    if (mine === latest) shelf.innerHTML = found;
  }

  // Something may be added while the list is on its way: then it looks once more.
  async function poll() {
    again = true;
    if (polling) return;
    polling = true;
    try {
      while (again) {
        again = false;
        await watch();
        await list();
      }
    } catch (error) {
      problem.textContent = error.message;
    }
    polling = false;
  }

  async function watch() {
    for (let was = ""; ; ) {
      const state = await json("/desk/additions");
      if (state.html !== was) additions.innerHTML = was = state.html;
      if (!state.busy && !sending.children.length) return;
      await new Promise((later) => setTimeout(later, 300));
    }
  }

  async function send(files) {
    problem.textContent = "";
    const rows = [...files].map((file) => {
      const row = element("li", { class: "item" }, element("span", { class: "name" }, file.name), element("span", { class: "stage" }, "Sending"));
      sending.append(row);
      return [file, row];
    });
    for (const [file, row] of rows) {
      const body = new FormData();
      body.append("file", file, file.name);
      body.append("collection", collection.value || "default");
      try {
        await request("/desk/files", { method: "POST", body });
        row.remove();
      } catch (error) {
        row.classList.add("failed");
        row.querySelector(".stage").textContent = "Failed";
        row.append(element("span", { class: "detail" }, error.message));
        setTimeout(() => row.remove(), 20000);
      }
      poll();
    }
  }

  const files = panel.querySelector("#pq-files");
  files.addEventListener("change", () => { send(files.files); files.value = ""; });
  const drop = panel.querySelector(".drop");
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); send(event.dataTransfer.files); });

  panel.querySelector("form.address").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = panel.querySelector("#pq-address");
    if (!field.value.trim()) return;
    problem.textContent = "";
    try {
      const body = new FormData();
      body.append("url", field.value.trim());
      body.append("collection", collection.value || "default");
      await request("/desk/addresses", { method: "POST", body });
      field.value = "";
      poll();
    } catch (error) {
      problem.textContent = error.message;
    }
  });

  let typing = 0;
  find.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 120); });
  shelf.addEventListener("click", async (event) => {
    const sort = event.target.closest("[data-sort]")?.dataset.sort;
    if (sort) {
      order.down = order.sort === sort && !order.down;
      order.sort = sort;
      await list();
      shelf.querySelector(`[data-sort="${sort}"]`)?.focus();
    }
    const all = event.target.closest("[data-most]");
    if (all) { most = Number(all.dataset.most); list(); }
    const remove = event.target.closest("[data-remove]");
    if (remove) await removed(remove);
  });

  async function removed(button) {
    const dialog = desk.root.querySelector("dialog.ask-first");
    dialog.querySelector("p").textContent = `Remove “${button.dataset.name}” and its archived source? Links into it will say that it is gone.`;
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
    if (dialog.returnValue !== "yes") { button.focus(); return; }
    try {
      const gone = await json(`/desk/documents/${button.dataset.remove}`, { method: "DELETE" });
      desk.told(`Removed ${gone.name}.`);
      await list();
      find.focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  }

  additions.addEventListener("click", async (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (!dismiss && !event.target.closest("[data-clear]")) return;
    const wanted = dismiss ? `?${new URLSearchParams({ name: dismiss.dataset.dismiss })}` : "";
    additions.innerHTML = (await json(`/desk/additions${wanted}`, { method: "DELETE" })).html;
  });

  return { shown: () => { list().catch((error) => { problem.textContent = error.message; }); poll(); } };
}
