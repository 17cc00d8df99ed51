package io.minimalcluster.master.http;

import io.minimalcluster.master.problem.ProblemWriter;
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

/** What the server's settings can't say in application.yaml. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class TomcatSetup implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final ProblemWriter problems;
    private final ServerProperties server;
    private final HttpSettings settings;
    private final Connections connections;

    /** @param address asked for so that its check comes before the port is opened */
    TomcatSetup(
            ProblemWriter problems,
            ServerProperties server,
            HttpSettings settings,
            Connections connections,
            ListenAddress address) {
        this.problems = problems;
        this.server = server;
        this.settings = settings;
        this.connections = connections;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(PatientHttp.class.getName());
        factory.addConnectorCustomizers(this::tighten);
        factory.addContextCustomizers(this::replaceErrorPages);
    }

    private void tighten(Connector connector) {
        connector.setParseBodyMethods(""); // a posted form is a body like any other, and is read by its handler
        connector.setAllowTrace(false);
        if (connector.getProtocolHandler() instanceof PatientHttp http) {
            connections.are(http);
        }
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setContinueResponseTiming("onRead"); // a refused call's body is not even asked for
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout((int) settings.limits().bodyPause().toMillis());
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
        TomcatErrors errors =
                new TomcatErrors(problems, server.getMaxHttpRequestHeaderSize().toBytes());
        host.setErrorReportValveClass(TomcatErrors.class.getName());
        pipeline.addValve(errors);
    }
}
