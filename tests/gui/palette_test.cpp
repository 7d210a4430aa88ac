#include "gui/palette.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace tcplab::gui {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

constexpr std::array kThemes{Theme::Light, Theme::Dark};

Vector operator*(const Matrix& matrix, const Vector& vector) {
    Vector result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) result[i] += matrix[i][j] * vector[j];
    return result;
}

/// sRGB made linear.
Vector linear(const QColor& color) {
    const auto one = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return {one(color.redF()), one(color.greenF()), one(color.blueF())};
}

/// WCAG 2: 1 is no contrast, 21 black on white.
double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& color) {
        const Vector rgb = linear(color);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    };
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

/// CIE L*a*b* under D65.
Vector lab(const Vector& rgb) {
    const Matrix toXyz{{{0.4124564, 0.3575761, 0.1804375},
                        {0.2126729, 0.7151522, 0.0721750},
                        {0.0193339, 0.1191920, 0.9503041}}};
    const Vector xyz = toXyz * rgb;
    const auto f = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    const double x = f(xyz[0] / 0.95047);
    const double y = f(xyz[1]);
    const double z = f(xyz[2] / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

double hueOf(double a, double b) {
    if (a == 0 && b == 0) return 0;
    const double degrees = std::atan2(b, a) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

/// CIEDE2000, after Sharma, Wu and Dalal 2005.
double distance(const Vector& one, const Vector& two) {
    const double pow7of25 = std::pow(25, 7);
    const double meanC = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double g = 0.5 * (1 - std::sqrt(std::pow(meanC, 7) / (std::pow(meanC, 7) + pow7of25)));
    const double a1 = (1 + g) * one[1];
    const double a2 = (1 + g) * two[1];
    const double c1 = std::hypot(a1, one[2]);
    const double c2 = std::hypot(a2, two[2]);
    const double h1 = hueOf(a1, one[2]);
    const double h2 = hueOf(a2, two[2]);

    const bool grey = c1 * c2 == 0;
    double dh = grey ? 0 : h2 - h1;
    if (dh > 180) dh -= 360;
    if (dh < -180) dh += 360;
    const double dL = two[0] - one[0];
    const double dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2));

    const double l = (one[0] + two[0]) / 2;
    const double c = (c1 + c2) / 2;
    double h = h1 + h2;
    if (!grey && std::abs(h1 - h2) <= 180)
        h /= 2;
    else if (!grey)
        h = (h + (h < 360 ? 360 : -360)) / 2;
    const double t = 1 - 0.17 * std::cos(radians(h - 30)) + 0.24 * std::cos(radians(2 * h)) +
                     0.32 * std::cos(radians(3 * h + 6)) - 0.20 * std::cos(radians(4 * h - 63));
    const double rotation = 30 * std::exp(-std::pow((h - 275) / 25, 2));
    const double rc = 2 * std::sqrt(std::pow(c, 7) / (std::pow(c, 7) + pow7of25));
    const double sl = 1 + 0.015 * std::pow(l - 50, 2) / std::sqrt(20 + std::pow(l - 50, 2));
    const double sc = 1 + 0.045 * c;
    const double sh = 1 + 0.015 * c * t;
    const double rt = -std::sin(radians(2 * rotation)) * rc;
    return std::sqrt(std::pow(dL / sl, 2) + std::pow(dC / sc, 2) + std::pow(dH / sh, 2) +
                     rt * dC / sc * dH / sh);
}

struct Vision {
    const char* name = nullptr;
    Matrix matrix{};
};

/// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const std::array kVisions{
    Vision{"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    Vision{"protanopia",
           {{{0.152286, 1.052583, -0.204868},
             {0.114503, 0.786281, 0.099216},
             {-0.003882, -0.048116, 1.051998}}}},
    Vision{"deuteranopia",
           {{{0.367322, 0.860646, -0.227968},
             {0.280085, 0.672501, 0.047413},
             {-0.011820, 0.042940, 0.968881}}}},
    Vision{"tritanopia",
           {{{1.255528, -0.076749, -0.178779},
             {-0.078411, 0.930809, 0.147602},
             {0.004733, 0.691367, 0.303900}}}},
};

Vector seen(const QColor& color, const Vision& vision) {
    Vector rgb = vision.matrix * linear(color);
    for (double& part : rgb) part = std::clamp(part, 0.0, 1.0);
    return lab(rgb);
}

TEST(Palette, TheDistanceIsTheOneOfTheStandardsOwnTestData) {
    EXPECT_NEAR(distance({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
    EXPECT_NEAR(distance({50, 2.5, 0}, {73, 25, -18}), 27.1492, 1e-4);
    EXPECT_NEAR(distance({22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}), 2.0373, 1e-4);
}

TEST(Palette, TextCanBeRead) {
    for (const Theme theme : kThemes) {
        const Palette& colors = paletteOf(theme);
        for (const QColor& text : {colors.text, colors.dim, colors.link, colors.faultText})
            for (const QColor& behind : {colors.page, colors.pane, colors.selection})
                EXPECT_GE(contrast(text, behind), 4.5)
                    << text.name().toStdString() << " on " << behind.name().toStdString();
        EXPECT_GE(contrast(colors.text, colors.notice), 4.5);
        EXPECT_GE(contrast(colors.page, colors.link), 4.5) << "marked octets";
    }
}

TEST(Palette, BandsStandOutFromThePage) {
    for (const Theme theme : kThemes)
        for (const Role role : kRoles)
            EXPECT_GE(contrast(paletteOf(theme).of(role), paletteOf(theme).page), 3)
                << "role " << static_cast<int>(role);
}

TEST(Palette, RolesCanBeToldApartAlsoByTheColourBlind) {
    for (const Theme theme : kThemes)
        for (const Vision& vision : kVisions)
            for (const Role a : kRoles)
                for (const Role b : kRoles) {
                    if (a >= b) continue;
                    const Palette& colors = paletteOf(theme);
                    EXPECT_GE(distance(seen(colors.of(a), vision), seen(colors.of(b), vision)), 15)
                        << "roles " << static_cast<int>(a) << " and " << static_cast<int>(b) << ", "
                        << vision.name;
                }
}

TEST(Palette, StatesOfOneRoleHavePatternsOfTheirOwn) {
    for (const tcp::State a : tcp::kStates)
        for (const tcp::State b : tcp::kStates)
            EXPECT_EQ(roleOf(a) == roleOf(b) && patternOf(a) == patternOf(b), a == b)
                << toString(a) << " and " << toString(b);
}

}  // namespace
}  // namespace tcplab::gui
