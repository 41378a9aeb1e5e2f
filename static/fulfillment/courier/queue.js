// Sends kept steps one after the other, each once: the answer, not the sending, takes a step off the list.
import { cookie, settings } from "./settings.js";
import { change, drop, fieldsOf, keep, steps } from "./store.js";

const TIMEOUT = 20_000;
const AGAIN = 15_000;
const AWAY = new Set([429, 502, 503, 504]); // too fast, or nobody there to answer: all wait
let timer = 0;
let listeners = [];

/** listener(rows): whenever what waits has changed. */
export function onChange(listener) {
  listeners.push(listener);
}

export async function tell(extra = {}) {
  const rows = await steps(settings.user);
  for (const listener of listeners) listener(rows, extra);
  return rows;
}

export async function enqueue(step, fields) {
  const row = await keep({ ...step, user: settings.user }, fields);
  await tell({ sending: true });
  return row;
}

/** Give up a step that was not accepted, and those of its parcel that waited for it. */
export async function discard(id) {
  const rows = await steps(settings.user);
  const gone = rows.find((row) => row.id === id);
  for (const row of rows) {
    if (row.id === id || (gone?.parcel && row.parcel === gone.parcel && row.id > id)) await drop(row.id);
  }
  await tell();
}

/** Send a step that was not accepted once more, with its key: what hindered it may be gone. */
export async function tryAgain(id) {
  const row = (await steps(settings.user)).find((each) => each.id === id);
  if (row) await change(row, { state: "waiting", why: "", code: "" });
  window.dispatchEvent(new Event("courier-send"));
}

/** Send what waits; returns {sent, refused, offline, signedOut, rows: what waits still}. One tab at a time. */
export function flush() {
  if (!navigator.locks) return flushAll();
  return navigator.locks.request("courier-queue", flushAll);
}

function sendLater() {
  window.dispatchEvent(new Event("courier-send"));
}

async function flushAll() {
  clearTimeout(timer);
  const result = { sent: [], refused: [], offline: false, signedOut: false };
  const blocked = new Set();
  for (const row of await steps(settings.user)) {
    if (row.state === "refused") blocked.add(row.parcel);
    if (row.state === "refused" || (row.parcel && blocked.has(row.parcel))) continue;
    const answer = await send(row);
    if (answer.done) {
      await drop(row.id);
      result.sent.push({ row, content: answer.content });
    } else if (answer.refused) {
      const { message, code } = answer.content;
      await change(row, { state: "refused", why: message, code, failed: Boolean(answer.failed) });
      blocked.add(row.parcel);
      result.refused.push(row);
    } else {
      result.offline = !answer.signedOut;
      result.signedOut = Boolean(answer.signedOut);
      break;
    }
  }
  const rows = await tell({ signedOut: result.signedOut });
  if (rows.some((row) => row.state === "waiting")) timer = setTimeout(sendLater, AGAIN);
  return { ...result, rows };
}

async function send(row) {
  const body = new URLSearchParams(await fieldsOf(row));
  body.set("age", String(Math.max(0, Math.round((Date.now() - row.at) / 1000))));
  let answer;
  try {
    answer = await fetch(row.url, {
      method: "POST",
      body,
      headers: { "Idempotency-Key": row.key, "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    return {}; // no network, or no answer in time: the same key is sent again
  }
  return read(answer);
}

async function read(answer) {
  const isJson = answer.headers.get("content-type")?.includes("json");
  if (answer.type === "opaqueredirect" || answer.status === 401 || (answer.status === 403 && !isJson)) {
    return { signedOut: true };
  }
  if (AWAY.has(answer.status)) return {};
  if (!isJson || answer.status >= 500) {
    // This step fails, others may not: it stops its parcel only and is kept, the courier decides.
    return { refused: true, failed: true, content: { message: settings.words.failed, code: String(answer.status) } };
  }
  const content = await answer.json();
  if (answer.ok) return { done: true, content };
  if (content.error?.code === "request_still_running") return {};
  return { refused: true, content: content.error ?? { message: answer.statusText, code: String(answer.status) } };
}
