// Asks the authenticator of this device for a passkey, and sends its answer with the form. Without it the button stays hidden.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const each of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) each.id = bytes(each.id);
  return { publicKey: options };
}

function answered({ id, type, rawId, response }) {
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  return JSON.stringify({ id, type, rawId: text(rawId), response: said });
}

async function answer(form) {
  const body = new URLSearchParams(new FormData(form));
  const reply = await fetch(form.dataset.options, { method: "POST", body });
  if (!reply.ok) throw new Error(reply.statusText);
  const options = asked(await reply.json());
  const ask = form.dataset.passkey === "new" ? "create" : "get";
  form.elements.credential.value = answered(await navigator.credentials[ask](options));
}

function offer(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const told = form.querySelector("[data-told]");
    told.textContent = "";
    try {
      await answer(form);
      form.requestSubmit(event.submitter);
    } catch {
      told.textContent = told.dataset.told;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(offer);
