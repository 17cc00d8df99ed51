# The images of docker-compose.yml: `docker build --target master .` and `docker build --target worker .`

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends maven \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# Downloads plugins and libraries by a build of the poms alone. The layer lasts until a pom changes, also without
# BuildKit. dependency:go-offline would download the reports and tools of every plugin as well.
COPY .mvn .mvn
COPY pom.xml ./
COPY shared-model/pom.xml shared-model/
COPY test-postgres/pom.xml test-postgres/
COPY task-runtime/pom.xml task-runtime/
COPY worker-service/pom.xml worker-service/
COPY master-service/pom.xml master-service/
COPY client/pom.xml client/
COPY chaos/pom.xml chaos/
COPY benchmarks/pom.xml benchmarks/
COPY microbenchmarks/pom.xml microbenchmarks/
COPY system-tests/pom.xml system-tests/
RUN mvn -B -ntp -q -Dminimalcluster.quick -Dmaven.test.skip=true -Dspring-boot.aot.skip=true \
      -Dspring-boot.repackage.skip=true -pl master-service,worker-service -am package \
 && rm -rf target */target
COPY . .
# the root pom lists benchmarks, microbenchmarks, chaos and system-tests, but they are not built
RUN mvn -B -ntp -q -Dminimalcluster.quick -Dmaven.test.skip=true -pl master-service,worker-service -am package \
 && mkdir /apps \
 && mv master-service/target/app /apps/master \
 && mv worker-service/target/app /apps/worker \
 && mv /apps/master/*.jar /apps/master/app.jar \
 && mv /apps/worker/*.jar /apps/worker/app.jar

# A master compiles sources, so it needs a JDK. It runs in group root, so that workers can read their key.
FROM eclipse-temurin:25-jdk AS master
RUN mkdir -p /data /key /worker-key \
 && chown 10001:0 /data /key /worker-key \
 && chmod 700 /data /key \
 && chmod 750 /worker-key
COPY docker/healthy docker/master /usr/local/bin/
COPY --from=build /apps/master/lib /app/lib
COPY --from=build /apps/master/app.jar /app/app.jar
USER 10001:0
WORKDIR /tmp
VOLUME ["/data", "/key", "/worker-key"]
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["healthy", "8080", "/actuator/health/readiness"]
ENTRYPOINT ["master"]

# A worker runs as root with only the capabilities to change user ids, which it needs to run tasks.
FROM eclipse-temurin:25-jre AS worker
COPY docker/healthy docker/worker /usr/local/bin/
COPY --from=build /apps/worker/lib /app/lib
COPY --from=build /apps/worker/app.jar /app/app.jar
WORKDIR /tmp
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["healthy", "8081", "/actuator/health"]
ENTRYPOINT ["worker"]
