// Requests to our own server. HTML comes from the server alone, which escapes every word in it.

export class Refused extends Error {}

export async function request(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    throw new Refused("The server does not answer. Is pullquote serve still running?");
  }
  if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent("/")}`);
  if (!answer.ok) throw new Refused(await reason(answer));
  return answer;
}

async function reason(answer) {
  try {
    const { error } = await answer.json();
    return [error.message, error.remedy].filter(Boolean).join(" ");
  } catch {
    return `The server refused (${answer.status}). Try again.`;
  }
}

export const html = async (url, options) => (await request(url, options)).text();
export const json = async (url, options) => (await request(url, options)).json();
export const post = (url, body) =>
  request(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// Each line of a streamed answer as an object, as soon as it has come.
export async function* lines(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    held += value;
    const ready = held.split("\n");
    held = ready.pop();
    for (const line of ready) if (line) yield JSON.parse(line);
  }
}

// An element with text; the text is never read as HTML.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
