# docker build --target cpu -t sightline .      docker build --target cuda -t sightline:cuda .

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:20-bookworm-slim AS cpu
# Debian's ffmpeg gets security updates; the packaged builds are old.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json README.md LICENSE ./
COPY assets assets
RUN mkdir -p /library /models /media && chown node:node /library /models
ENV NODE_ENV=production SIGHTLINE_LIBRARY=/library SIGHTLINE_MODELS=/models SIGHTLINE_FFMPEG=/usr/bin/ffmpeg SIGHTLINE_FFPROBE=/usr/bin/ffprobe
USER node
EXPOSE 7860
VOLUME ["/library", "/models"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7860/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/src/cli/main.js"]
# Inside a container 127.0.0.1 reaches nobody, so it binds wider, asks for a token and prints the link.
CMD ["serve", "--host", "0.0.0.0"]

FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04 AS cuda
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /library /models /media && chown 1000:1000 /library /models
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json README.md LICENSE ./
COPY assets assets
ENV NODE_ENV=production SIGHTLINE_LIBRARY=/library SIGHTLINE_MODELS=/models SIGHTLINE_FFMPEG=/usr/bin/ffmpeg SIGHTLINE_FFPROBE=/usr/bin/ffprobe
# The same number as `node` in the other target: both share the volumes.
USER 1000:1000
EXPOSE 7860
VOLUME ["/library", "/models"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7860/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["serve", "--host", "0.0.0.0"]

FROM cpu
