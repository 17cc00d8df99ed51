package io.minimalcluster.master.http.tomcat;

import io.minimalcluster.master.http.HttpSettings;
import io.minimalcluster.master.http.ListenAddress;
import io.minimalcluster.master.http.problem.ProblemWriter;
import io.minimalcluster.master.http.proxy.TrustedProxies;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Configuration of Tomcat that application.yaml can't express. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class TomcatCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final ProblemWriter problems;
    private final ServerProperties server;
    private final HttpSettings settings;
    private final ConnectionMonitor connections;
    private final TrustedProxies proxies;

    /** @param address injected so that its check runs before the port is opened */
    TomcatCustomizer(
            ProblemWriter problems,
            ServerProperties server,
            HttpSettings settings,
            ConnectionMonitor connections,
            TrustedProxies proxies,
            ListenAddress address) {
        this.problems = problems;
        this.server = server;
        this.settings = settings;
        this.connections = connections;
        this.proxies = proxies;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(LongWriteTimeoutProtocol.class.getName());
        factory.addConnectorCustomizers(this::configureConnector);
        factory.addContextCustomizers(this::replaceErrorPages);
    }

    private void configureConnector(Connector connector) {
        connector.setParseBodyMethods(""); // forms are read by their handlers, not by Tomcat
        connector.setAllowTrace(false);
        if (connector.getProtocolHandler() instanceof LongWriteTimeoutProtocol http) {
            connections.register(http);
            http.setHeadTimeout(settings.limits().headTimeout());
            http.setConnectionsPerAddress(settings.limits().connectionsPerAddress(), proxies::has);
        }
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setContinueResponseTiming("onRead"); // a rejected call's body is not requested
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout(
                    (int) settings.limits().bodyIdleTimeout().toMillis());
        }
    }

    private void replaceErrorPages(Context context) {
        StandardHost host = (StandardHost) context.getParent();
        Pipeline pipeline = host.getPipeline();
        for (Valve valve : pipeline.getValves()) {
            if (valve instanceof ErrorReportValve) {
                pipeline.removeValve(valve);
            }
        }
        ProblemErrorValve errors = new ProblemErrorValve(
                problems, server.getMaxHttpRequestHeaderSize().toBytes());
        host.setErrorReportValveClass(ProblemErrorValve.class.getName());
        pipeline.addValve(errors);
    }
}
