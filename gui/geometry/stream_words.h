#pragma once

#include "gui/geometry/stream_story.h"

#include <QString>
#include <QStringList>

#include <functional>

// What is written of a stream's story, in the language of the window. Pure: no widget.
namespace tcplab::gui {

/// Octets as text, what cannot be shown as a dot. Of many the first.
[[nodiscard]] QString textOf(Octets octets);
/// Of a message that is marked so: its length as a number, then the rest as text.
[[nodiscard]] QString textOf(Octets octets, const std::optional<framing::Framing>& framing);
/// As much of a text as fits, with an ellipsis where it goes on; nothing where that says nothing.
[[nodiscard]] QString startThatFits(const QString& text,
                                    double width,
                                    const std::function<double(const QString&)>& measure);
/// "octets 3 to 8"
[[nodiscard]] QString whereOf(const framing::StreamRange& range);
/// A framing for people: "length field of 4 octets after 1 octet".
[[nodiscard]] QString wordsOf(const framing::Framing& framing);
/// Why the boundary is broken, in a sentence or several.
[[nodiscard]] QString reasonOf(const StreamStory& story, const StreamRows::Broken& broken);

/// A sentence below the rows, and what it is about.
struct StreamSaying {
    QString head{};
    QString text{};
    /// In StreamRows::broken: the first boundary, and how many from it on.
    std::optional<std::size_t> broken{};
    std::size_t count = 0;
    bool bad = true;
    bool later = false;  ///< Not yet at the cursor.
};
/// All that there is to say of these octets; where nothing is broken, that.
[[nodiscard]] std::vector<StreamSaying> sayingsOf(const StreamStory& story,
                                                  const framing::StreamRange& shown);
/// All that may stand before a sentence, as wide as it can be.
[[nodiscard]] QStringList headsOf(const StreamStory& story);

/// How a decoder fared with all cuts of so many octets.
[[nodiscard]] QString sentenceOf(const Trial& trial, std::size_t octets);
/// The messages that a decoder makes of the cuts that break it.
[[nodiscard]] QString cameOutOf(const Trial& trial);

/// What the colours of segments and messages mean.
struct KeyTexts {
    QString again{};    ///< A segment.
    QString whole{};    ///< A message.
    QString broken{};   ///< A message in parts or glued to another.
    QString missing{};  ///< A message that was never received, or not all of it.
    QString later{};    ///< Anything that comes after the cursor.
};
[[nodiscard]] KeyTexts keyTextsOf(const StreamStory& story);

}  // namespace tcplab::gui
