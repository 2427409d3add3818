// An answer that is no fragment (signed out, too fast, server away) is said in words; nothing on the page is lost.
const WORDS = {
  en: "That did not work. Try again in a moment.",
  fr: "Cela n’a pas marché. Réessayez dans un instant.",
};

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx?.response?.status === 401) location.assign(`/sign-in?return=${encodeURIComponent(location.pathname)}`);
  else say();
});
document.addEventListener("htmx:error", say);

function say() {
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = WORDS[document.documentElement.lang] ?? WORDS.en;
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), 5_000);
}
