# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode --no-transfer-progress -DskipTests package

FROM eclipse-temurin:25-jre
# Charts are written with these letters; the second font has those of Chinese, Japanese and Korean.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fontconfig fonts-dejavu-core fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 plantain \
 && useradd --system --uid 10001 --gid plantain --home-dir /data --shell /usr/sbin/nologin plantain \
 && install --directory --owner=plantain --group=plantain /data
WORKDIR /app
COPY --from=build /src/bot-app/target/plantain.jar /src/config/java-options ./

# A cache of loaded classes halves the time to start. It is made here, and not while building, because it holds for just
# this JVM, these options and this path of the jar; where it does not hold, Java starts without it.
RUN java @/app/java-options -Xmx96m -XX:AOTCacheOutput=/app/plantain.aot -jar /app/plantain.jar warm-up \
 && rm -rf /tmp/*

ENV DATA_DIR=/data
VOLUME /data
USER plantain

# The bot touches this file every 15 seconds or more often while it works.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD test -n "$(find "$DATA_DIR/alive" -mmin -1 2>/dev/null)"

ENTRYPOINT ["java", "@/app/java-options", "-Xmx96m", "-XX:AOTCache=/app/plantain.aot", "-jar", "/app/plantain.jar"]
CMD ["run"]
