// Asks the browser to listen for pushes, and sends where it does along with the form.
const form = document.querySelector("[data-push]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

async function listen() {
  const worker = await navigator.serviceWorker.ready;
  const kept = await worker.pushManager.getSubscription();
  const place = kept ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) }));
  const { endpoint, keys } = place.toJSON();
  for (const [name, value] of Object.entries({ endpoint, ...keys })) if (form.elements[name]) form.elements[name].value = value;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const told = form.querySelector("[data-push-refused]");
  told.hidden = true;
  listen().then(
    () => form.submit(),
    () => {
      told.hidden = false;
      form.querySelector("button").disabled = false;
    },
  );
});
