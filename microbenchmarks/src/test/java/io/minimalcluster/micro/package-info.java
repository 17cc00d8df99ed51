@NullMarked
package io.minimalcluster.micro;

import org.jspecify.annotations.NullMarked;
