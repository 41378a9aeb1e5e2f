// Steps that wait for a network, kept in IndexedDB in the order in which they were made. What people typed is
// sealed with a key that scripts cannot read out of this browser.
const NAME = "huatong-courier";
const text = new TextEncoder();
let opened;

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("steps", { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore("keys");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function table(name, mode = "readonly") {
  return (await database()).transaction(name, mode).objectStore(name);
}

async function sealingKey() {
  const known = await promised((await table("keys")).get("fields"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await promised((await table("keys", "readwrite")).put(made, "fields"));
  return made;
}

async function sealed(fields) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = text.encode(JSON.stringify(fields));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await sealingKey(), plain);
  return { nonce, body };
}

export async function fieldsOf(step) {
  const { nonce, body } = step.fields;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, await sealingKey(), body);
  return JSON.parse(new TextDecoder().decode(plain));
}

/** Keep a step; its key makes the server do it once however often it is sent. Returns it with its id. */
export async function keep(step, fields) {
  const row = { ...step, key: crypto.randomUUID(), at: Date.now(), state: "waiting", fields: await sealed(fields) };
  row.id = await promised((await table("steps", "readwrite")).add(row));
  return row;
}

export async function change(step, values) {
  Object.assign(step, values);
  await promised((await table("steps", "readwrite")).put(step));
}

export async function drop(id) {
  await promised((await table("steps", "readwrite")).delete(id));
}

/** The steps of this user, oldest first. */
export async function steps(user) {
  const rows = await promised((await table("steps")).getAll());
  return rows.filter((row) => row.user === user);
}
