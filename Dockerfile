# syntax=docker/dockerfile:1

# Build with the wrapper, on the JDK that the service runs on.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
COPY decision-tables decision-tables
COPY rules rules
RUN --mount=type=cache,target=/maven ./mvnw -q -B package -DskipTests -Dmaven.repo.local=/maven

# Laid out as plain jars, which start faster than a jar of jars.
RUN java -Djarmode=tools -jar target/clearance.jar extract --destination /app
WORKDIR /app

# A run that ends once everything is loaded: what it loaded and linked is kept as a cache for the
# next start. The cache belongs to this very JDK and these very jars.
RUN java -XX:AOTCacheOutput=/app/clearance.aot -Dspring.context.exit=onRefresh \
      -jar clearance.jar --clearance.tables=/build/decision-tables --clearance.rules=/build/rules \
      --clearance.watch=false --clearance.history=/tmp/history

FROM eclipse-temurin:25-jre
# A user that owns nothing in the image but /data, where all lies that changes: the workbooks and the
# rules, published versions, keys, a log. A new named volume begins with what the image holds there.
RUN useradd --system --uid 10001 --no-create-home clearance
WORKDIR /app
COPY --from=build /app /app
COPY --chown=10001:10001 decision-tables /data/decision-tables
COPY --chown=10001:10001 rules /data/rules
RUN chown 10001:10001 /data
USER 10001
VOLUME /data

# In a container others can reach the service, so it starts only with a key or an issuer of tokens:
#   docker run --rm -v clearance:/data clearance key create --role decide
ENV SERVER_ADDRESS=0.0.0.0 \
    CLEARANCE_TABLES=/data/decision-tables \
    CLEARANCE_RULES=/data/rules \
    CLEARANCE_HISTORY=/data/published \
    CLEARANCE_KEYS=/data/clearance.keys \
    JAVA_TOOL_OPTIONS="-XX:AOTCache=/app/clearance.aot -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/tmp"
EXPOSE 8080

# Readiness says whether rules are in force. The image has no curl, and needs none.
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

# Read-only root: docker run --read-only --tmpfs /tmp -v clearance:/data -p 8080:8080 clearance
ENTRYPOINT ["java", "-jar", "clearance.jar"]
