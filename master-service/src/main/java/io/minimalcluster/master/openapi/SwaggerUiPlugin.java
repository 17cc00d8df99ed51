package io.minimalcluster.master.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerIndexTransformer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/** Adds the plugin {@code swagger-ui-plugin.js} to the script that starts Swagger UI. */
final class SwaggerUiPlugin implements SwaggerIndexTransformer {
    private static final String SCRIPT = "swagger-initializer.js";
    private static final String PLUGINS = "SwaggerUIBundle.plugins.DownloadUrl";

    private final SwaggerIndexPageTransformer settings;
    private final String plugin;

    /** @param settings adds the settings of Swagger UI to the script */
    SwaggerUiPlugin(SwaggerIndexPageTransformer settings) throws IOException {
        this.settings = settings;
        this.plugin = new ClassPathResource("openapi/components/swagger-ui-plugin.js").getContentAsString(UTF_8);
    }

    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource transformed = settings.transform(request, resource, chain);
        if (!SCRIPT.equals(resource.getFilename())) {
            return transformed;
        }
        String script = transformed.getContentAsString(UTF_8);
        if (!script.contains(PLUGINS)) {
            throw new IllegalStateException(SCRIPT + " has no list of plugins");
        }
        String withPlugin = plugin + script.replace(PLUGINS, PLUGINS + ", minimalclusterPlugin");
        return new TransformedResource(resource, withPlugin.getBytes(UTF_8));
    }
}
