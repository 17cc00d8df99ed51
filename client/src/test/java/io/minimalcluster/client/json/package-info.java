@NullMarked
package io.minimalcluster.client.json;

import org.jspecify.annotations.NullMarked;
