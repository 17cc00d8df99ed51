package io.minimalcluster.master.openapi;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerIndexTransformer;
import org.springdoc.webmvc.ui.SwaggerWelcomeCommon;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configuration of the OpenAPI document and Swagger UI. */
@Configuration(proxyBeanMethods = false)
class ApiDocsConfiguration implements WebMvcConfigurer {
    private static final String KEY = "key";
    private static final String EXAMPLE = "POST /api/v1/environments";

    @Bean
    OpenAPI document(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("minimalcluster")
                        .version(properties == null ? "unpackaged" : properties.getVersion())
                        .description(
                                "Turns a few machines into one computer for embarrassingly parallel Java: post code,"
                                        + " map a function of it over a list of arguments, get the values. Errors are"
                                        + " `application/problem+json`, and their `type` is a page that explains them.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "The key, from the file `authkey` of the master's data folder. After"
                                                        + " `./minimalcluster up`: `cat ~/.minimalcluster/data/authkey`."
                                                        + " With `docker-compose.yml`:"
                                                        + " `docker-compose exec master cat /key/authkey`.")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }

    /** Adds the descriptions of calls, which are read when the document is first requested. */
    @Bean
    GlobalOpenApiCustomizer describeCalls() {
        Supplier<OperationDocumentation> documentation = SingletonSupplier.of(ApiDocsConfiguration::documentation);
        return document -> documentation.get().customise(document);
    }

    private static OperationDocumentation documentation() {
        try {
            return documentation(OperationDescription.all());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OperationDocumentation documentation(Map<String, OperationDescription> descriptions)
            throws IOException {
        Object source = Optional.ofNullable(descriptions.get(EXAMPLE))
                .map(call -> call.bodies().get("text/plain"))
                .orElseThrow(() -> new IllegalStateException(EXAMPLE + " has no example"));
        EnvironmentId environment =
                PostedContent.of(Map.of("Main.java", source.toString())).id();
        return new OperationDocumentation(descriptions, environment);
    }

    @Bean
    SwaggerIndexTransformer swaggerUiPlugin(
            SwaggerUiConfigProperties settings,
            SwaggerUiOAuthProperties oauth,
            SwaggerWelcomeCommon welcome,
            ObjectMapperProvider json)
            throws IOException {
        return new SwaggerUiPlugin(new SwaggerIndexPageTransformer(settings, oauth, welcome, json));
    }

    @Bean
    RequiredMembers requiredMembers() {
        return new RequiredMembers();
    }

    @Bean
    GlobalOperationCustomizer describeQuery() {
        return new QueryParameterDocumentation();
    }

    private final ApiDocsSettings settings;

    ApiDocsConfiguration(ApiDocsSettings settings) {
        this.settings = settings;
        configureGenerator();
    }

    /** Enums become schemas of their own, and injected parameters are not part of a request. */
    private static void configureGenerator() {
        ModelResolver.enumsAsRef = true;
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, IdempotentCall.class, PageRequest.class);
    }

    /** The beans are fixed at build time (generated context), so the setting is applied by an interceptor. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ApiDocsInterceptor(settings)).addPathPatterns(ApiDocsInterceptor.PATHS);
    }
}
