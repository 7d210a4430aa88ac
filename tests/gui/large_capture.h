#pragma once

#include "tests/gui/support.h"

#include <QFile>
#include <QTemporaryDir>

namespace tcplab::gui {

/// A capture in a folder of its own: the packets of a recording, so many times.
class LargeCapture {
public:
    explicit LargeCapture(int times) : path_{folder_.filePath(QStringLiteral("large.pcap"))} {
        QFile recording(tracePath("loss.pcap"));
        EXPECT_TRUE(recording.open(QIODevice::ReadOnly));
        const QByteArray all = recording.readAll();
        QFile file(path_);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(all.left(kFileHeader));
        for (int i = 0; i < times; ++i) file.write(all.mid(kFileHeader));
    }

    [[nodiscard]] const QString& path() const { return path_; }
    /// What another program does to the file.
    void append() const {
        QFile recording(tracePath("loss.pcap"));
        EXPECT_TRUE(recording.open(QIODevice::ReadOnly));
        QFile file(path_);
        EXPECT_TRUE(file.open(QIODevice::Append));
        file.write(recording.readAll().mid(kFileHeader));
    }

private:
    static constexpr int kFileHeader = 24;
    QTemporaryDir folder_{};
    QString path_;
};

}  // namespace tcplab::gui
