@NullMarked
package io.minimalcluster.client.code;

import org.jspecify.annotations.NullMarked;
