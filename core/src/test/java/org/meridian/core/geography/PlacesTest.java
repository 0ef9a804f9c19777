package org.meridian.core.geography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    @ParameterizedTest
    @CsvSource({"DE,DE", "de,DE", "eu-west-1,IE", "EU-WEST-1,IE", "sfo3,US", "xk,XK", "ap-southeast-2,AU"})
    void findsCountriesAndCloudRegionsWhateverTheCapitals(String location, String country) {
        assertThat(Places.find(location)).get().extracting(Place::country).isEqualTo(country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xx", "t1", "mars-north-1", "Germany"})
    void knowsNothingElse(String location) {
        assertThat(Places.find(location)).isEmpty();
    }

    @Test
    void hasEveryCountryOfTheJdkAtAPointOfItsOwn() {
        List<String> codes = Places.countries().stream().map(Place::country).toList();
        assertThat(codes)
                .contains(Locale.getISOCountries())
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(Places.countries().stream().map(place -> place.latitude() + "," + place.longitude()))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesEveryPlaceOnceAndFindsItByThatName() {
        assertThat(Places.names()).contains("DE", "eu-west-1", "nyc3").doesNotHaveDuplicates();
        assertThat(Places.names())
                .allSatisfy(name -> assertThat(Places.find(name)).isPresent());
    }

    @Test
    void putsEveryCloudRegionWithinItsCountry() {
        assertThat(Places.names().stream().filter(name -> name.length() > 2)).allSatisfy(name -> {
            Place region = place(name);
            assertThat(Places.distanceKm(region, place(region.country()))).isLessThan(3_200);
        });
    }

    // Distances by the published coordinates of the cities' airports.
    @ParameterizedTest
    @CsvSource({"lon1,nyc1,5570", "syd1,fra1,16500", "sfo3,sgp1,13580", "DE,DE,0"})
    void measuresGreatCircles(String from, String to, double km) {
        assertThat(Places.distanceKm(place(from), place(to))).isCloseTo(km, within(0.01 * km + 0.001));
    }

    @Test
    void measuresAcrossTheDateLineAndToTheOtherSide() {
        assertThat(Places.distanceKm(new Place("a", "FJ", 0, 179), new Place("b", "FJ", 0, -179)))
                .isCloseTo(222.4, within(0.1));
        assertThat(Places.distanceKm(new Place("a", "FJ", 0, 0), new Place("b", "FJ", 0, 180)))
                .isCloseTo(Math.PI * 6371, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"US,sfo3", "CA,sfo3", "MX,sfo3", "DE,eu-west-1", "NG,eu-west-1", "JP,sgp1", "NZ,sgp1", "IN,sgp1"})
    void tellsTheNearestOfThreeRegions(String country, String nearest) {
        assertThat(Stream.of("eu-west-1", "sfo3", "sgp1")
                        .min(Comparator.comparingDouble(region -> Places.distanceKm(place(country), place(region)))))
                .contains(nearest);
    }

    @Test
    void refusesPointsOffTheGlobe() {
        assertThatThrownBy(() -> new Place("x", "DE", 91, 0)).hasMessageContaining("no place at 91.0, 0.0");
        assertThatThrownBy(() -> new Place("x", "DE", Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Place place(String location) {
        return Places.find(location).orElseThrow();
    }
}
