/// Splits large odd numbers into their prime factors.
///
///     ./minimalcluster run examples/Factorization.java -f factors --range 0..20000

/// The prime factors of 999,999,999,999 + 2i, smallest first.
List<Long> factors(long i) {
    return factorize(999_999_999_999L + 2 * i);
}

/// The prime factors of a number above 1, smallest first, each as often as it divides it.
List<Long> factorize(long number) {
    var factors = new ArrayList<Long>();
    long rest = number;
    for (long divisor = 2; divisor * divisor <= rest; divisor += divisor == 2 ? 1 : 2) {
        while (rest % divisor == 0) {
            factors.add(divisor);
            rest /= divisor;
        }
    }
    if (rest > 1) {
        factors.add(rest);
    }
    return factors;
}
