/** Tests of the OpenAPI description. */
@NullMarked
package io.minimalcluster.master.openapi;

import org.jspecify.annotations.NullMarked;
