// Copies the code beside a button; without a clipboard it is selected instead.
"use strict";

const heard = document.getElementById("tersalin");

for (const button of document.querySelectorAll(".code button")) {
  const code = button.previousElementSibling;
  const [label, name] = button.children;
  const before = label.textContent;
  const tell = (text) => {
    label.textContent = text;
    heard.textContent = text + name.textContent;
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      tell(button.dataset.done);
    } catch {
      getSelection().selectAllChildren(code);
      tell(button.dataset.failed);
    }
    setTimeout(() => {
      label.textContent = before;
      heard.textContent = "";
    }, 3000);
  });
}
