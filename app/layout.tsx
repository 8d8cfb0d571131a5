import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { AskEarly } from "@/components/data/ask-early";
import { DataProvider } from "@/components/data/provider";
import { Frame } from "@/components/shell/frame";
import { RAIL_COOKIE } from "@/components/shell/rail-cookie";

import { readTheme, THEME_COOKIE } from "@/components/theme/theme";
import { pageSession } from "@/server/web/login/page-session";
import { pageHealth } from "@/server/web/page-health";
import "./globals.css";

// Bundled and preloaded, with a fallback of the same metrics: text does not move when it arrives.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
});

export const metadata: Metadata = {
  title: { default: "Meshdeck", template: "%s · Meshdeck" },
  description: "What the mesh is doing, and the means to change it",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1116" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  // What is down is said by the HTML: a strip that came later would push the page down.
  const health = await pageHealth();
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={inter.variable} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <AskEarly />
      </head>
      <body>
        <DataProvider health={health} session={pageSession()}>
          <Suspense>
            <Frame railCollapsed={jar.get(RAIL_COOKIE)?.value === "collapsed"}>{children}</Frame>
          </Suspense>
        </DataProvider>
      </body>
    </html>
  );
}
