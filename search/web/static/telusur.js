// Improvements only: the page does everything without this file.
"use strict";

// Empty fields stay out of the address.
document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("input[name]")) {
    if (field.value === "") field.disabled = true;
  }
});

// Back to a page from the browser's memory: fields can be used again.
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("input:disabled")) field.disabled = false;
});
