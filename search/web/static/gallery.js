// Copies the code beside a button; without a clipboard it is selected instead.
"use strict";

for (const button of document.querySelectorAll(".code button")) {
  const code = button.previousElementSibling;
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = button.dataset.failed;
    }
    setTimeout(() => (button.textContent = name), 3000);
  });
}
