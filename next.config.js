/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: ["@kubernetes/client-node", "pino", "prom-client", "@resvg/resvg-js"],
  // Types are checked by `npm run check` and `npm test`; a first `npm start` does not have to wait for them.
  typescript: { ignoreBuildErrors: true },
};
