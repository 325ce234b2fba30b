import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";

type Theme = "system" | "light" | "dark";
const NEXT = { system: "light", light: "dark", dark: "system" } as const;
const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Goes round: as the system has it, light, dark. `theme.js` applies the choice. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(chosen);
  const Icon = ICONS[theme];
  const choose = () => {
    const next = NEXT[theme];
    if (next === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
    dispatchEvent(new Event("themechange"));
    setTheme(next);
  };
  return (
    <button
      type="button"
      onClick={choose}
      aria-label={`Theme: ${theme}. Change to ${NEXT[theme]}`}
      title={`Theme: ${theme}`}
      className="flex size-8 items-center justify-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <Icon className="size-4" aria-hidden />
    </button>
  );
}

function chosen(): Theme {
  const stored = localStorage.getItem("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}
