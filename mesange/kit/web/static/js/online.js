// On the page that is shown without a network: back to where one wanted to go as soon as there is one again.
addEventListener("online", () => location.replace(location.href));
