package io.minimalcluster.master.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the API description: {@code minimalcluster.api-docs}.
 *
 * @param enabled whether the OpenAPI document and Swagger UI are served; they need no key
 */
@ConfigurationProperties("minimalcluster.api-docs")
record ApiDocsSettings(@DefaultValue("true") boolean enabled) {}
