/** The theme follows the system's choice of light or dark; the component library wants it as a class. */
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  document.documentElement.classList.toggle("wa-dark", dark.matches);
}

dark.addEventListener("change", apply);
apply();
