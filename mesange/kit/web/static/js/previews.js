// A chosen picture is seen before it is sent.
for (const picture of document.querySelectorAll("[data-preview-of]")) {
  document.getElementById(picture.dataset.previewOf).addEventListener("change", ({ target }) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture.src = reader.result;
      picture.hidden = false;
    });
    if (target.files[0]) reader.readAsDataURL(target.files[0]);
  });
}
