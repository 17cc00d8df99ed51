package io.minimalcluster.master.openapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The description of the API.
 *
 * @param enabled whether the OpenAPI document and Swagger UI are served, to whom they may concern, without a key
 */
@ConfigurationProperties("minimalcluster.api-docs")
record ApiDocsSettings(@DefaultValue("true") boolean enabled) {}
