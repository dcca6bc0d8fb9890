# The image has a Node of its own, so the one that npm brings along stays out of it: 189 MB less.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /opt/preceptor
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DATABASE_URL=file:/data/preceptor.db HEALTH_PORT=8080
WORKDIR /opt/preceptor
RUN install -d -o node -g node -m 0700 /data
COPY --from=packages /opt/preceptor/node_modules node_modules
COPY package.json LICENSE THIRD-PARTY.md PRIVACY.md TERMS.md ./
COPY src src
USER node
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "src/start.js"]
