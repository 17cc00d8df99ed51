/** Tests of the OpenAPI document, Swagger UI, the start page and the actuator. */
@NullMarked
package io.minimalcluster.system.apidocs;

import org.jspecify.annotations.NullMarked;
