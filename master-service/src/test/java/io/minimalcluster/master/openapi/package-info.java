/** Tests of the description of the API. */
@NullMarked
package io.minimalcluster.master.openapi;

import org.jspecify.annotations.NullMarked;
