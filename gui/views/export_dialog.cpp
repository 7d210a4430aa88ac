#include "gui/views/export_dialog.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/plots_page.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{760, 500};
constexpr int kOutputsWidth = 190;
constexpr int kRowHeight = 26;
constexpr int kMargin = 16;
constexpr int kPreviewed = 20'000;  ///< Letters; more is not read in a preview.

// What stands in the middle, in the order of the pages.
enum Page { PicturePage, RulesPage, TextPage };

Page pageOf(Output output) {
    if (output == Output::Picture) return PicturePage;
    return isOfRules(output) ? RulesPage : TextPage;
}

QString nameOf(Output output) {
    switch (output) {
        case Output::Picture: return ExportDialog::tr("Picture");
        case Output::Packets: return ExportDialog::tr("Packets, as CSV");
        case Output::Connections: return ExportDialog::tr("Connections, as CSV");
        case Output::Report: return ExportDialog::tr("Report, as Markdown");
        case Output::Rules: return ExportDialog::tr("Rules for tcplab check");
        case Output::Script: return ExportDialog::tr("packetdrill script");
        case Output::GoogleTest: return ExportDialog::tr("Test for GoogleTest");
        case Output::Pytest: return ExportDialog::tr("Test for pytest");
    }
    TCPLAB_UNREACHABLE();
}

QString aboutOf(Output output) {
    switch (output) {
        case Output::Picture: return ExportDialog::tr("A view as it is now, at the cursor.");
        case Output::Packets:
            return ExportDialog::tr("The packets of this connection, a line each.");
        case Output::Connections:
            return ExportDialog::tr("All connections of the capture, a line each.");
        case Output::Report:
            return ExportDialog::tr("What happened, what was found, and the packets.");
        case Output::Rules:
            return ExportDialog::tr(
                "What holds of this connection now, and must hold of another capture: "
                "tcplab check FILE --expect RULES.");
        case Output::Script:
            return ExportDialog::tr(
                "This connection as one host saw it, for tcplab drill and packetdrill.");
        case Output::GoogleTest:
            return ExportDialog::tr("What holds of this connection, as a test in C++.");
        case Output::Pytest:
            return ExportDialog::tr("What holds of this connection, as a test in Python.");
    }
    TCPLAB_UNREACHABLE();
}

/// Whatever pictureViews() has.
QString nameOfView(const QString& view) {
    if (view == u"window"_s) return ExportDialog::tr("The window");
    if (view == u"projector"_s) return ExportDialog::tr("The window for a projector");
    if (view == u"heat"_s) return ExportDialog::tr("All connections in the diagram");
    if (view == u"ladder"_s) return ExportDialog::tr("Ladder");
    if (view == u"states"_s) return ExportDialog::tr("State diagram");
    if (view == u"variables"_s) return ExportDialog::tr("Variables and timers");
    if (view == u"buffers"_s) return ExportDialog::tr("Buffers and windows");
    if (view == u"framing"_s) return ExportDialog::tr("Stream");
    if (view == u"layers"_s) return ExportDialog::tr("Layers");
    for (const picture::Graph graph : picture::kGraphs)
        if (view == viewNameOf(graph)) return PlotsPage::titleOf(graph);
    return view;
}

QString nameOf(capture::RuleKey key) {
    using capture::RuleKey;
    switch (key) {
        case RuleKey::Client: return ExportDialog::tr("Client");
        case RuleKey::Server: return ExportDialog::tr("Server");
        case RuleKey::Count: return ExportDialog::tr("How many such connections");
        case RuleKey::ClientVisits: return ExportDialog::tr("The client goes through");
        case RuleKey::ServerVisits: return ExportDialog::tr("The server goes through");
        case RuleKey::ClientEndsIn: return ExportDialog::tr("The client ends in");
        case RuleKey::ServerEndsIn: return ExportDialog::tr("The server ends in");
        case RuleKey::ClientBytes: return ExportDialog::tr("Octets from the client");
        case RuleKey::ServerBytes: return ExportDialog::tr("Octets from the server");
        case RuleKey::ClosedBy: return ExportDialog::tr("Closed first by");
        case RuleKey::ResetBy: return ExportDialog::tr("Reset by");
        case RuleKey::LastsAtMost: return ExportDialog::tr("Takes at most");
        case RuleKey::Findings: return ExportDialog::tr("Found at most");
    }
    TCPLAB_UNREACHABLE();
}

/// Whether it is about which connections a rule is for.
bool isOfEnds(capture::RuleKey key) {
    return key == capture::RuleKey::Client || key == capture::RuleKey::Server ||
           key == capture::RuleKey::Count;
}

/// Without what TOML needs around it.
QString readable(QString value) {
    for (const QChar mark : u"[]{}\""_s) value.remove(mark);
    return value.trimmed();
}

QLabel* wrapped() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

ExportDialog::ExportDialog(Document& document, const Picture& offered, QWidget* parent)
    : QDialog(parent),
      document_{document},
      offered_{offered},
      outputs_{new QListWidget},
      about_{wrapped()},
      pages_{new QStackedWidget},
      view_{new QComboBox},
      format_{new QComboBox},
      rules_{new QTreeWidget},
      client_{new QRadioButton(tr("&Client"))},
      server_{new QRadioButton(tr("&Server"))},
      text_{new QPlainTextEdit},
      remark_{wrapped()},
      save_{new QPushButton(tr("&Save..."))},
      copy_{new QPushButton(tr("C&opy"))} {
    setWindowTitle(tr("Export"));
    resize(kUsualSize);
    server_->setChecked(true);
    build();
    fillViews();
    if (document_.kind() == Document::Kind::Capture) unticked_ = {capture::RuleKey::Client};
    fillOutputs();
    connect(outputs_, &QListWidget::currentRowChanged, this, &ExportDialog::follow);
    connect(server_, &QRadioButton::toggled, this, &ExportDialog::preview);
    connect(rules_, &QTreeWidget::itemChanged, this, &ExportDialog::noteTick);
    connect(save_, &QPushButton::clicked, this, &ExportDialog::save);
    connect(copy_, &QPushButton::clicked, this, &ExportDialog::copy);
    follow();
}

void ExportDialog::build() {
    outputs_->setFixedWidth(kOutputsWidth);
    outputs_->setFrameShape(QFrame::NoFrame);
    outputs_->setAccessibleName(tr("What to export"));
    rules_->setColumnCount(2);
    rules_->setHeaderHidden(true);
    rules_->setRootIsDecorated(false);
    rules_->setFrameShape(QFrame::NoFrame);
    rules_->setAccessibleName(tr("What must hold"));
    text_->setReadOnly(true);
    text_->setFont(fonts::mono());
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setTabChangesFocus(true);
    text_->setAccessibleName(tr("What will be in the file"));
    view_->setAccessibleName(tr("View"));
    format_->setAccessibleName(tr("Format"));

    auto* picture = new QWidget;
    auto* form = new QFormLayout(picture);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("View"), view_);
    form->addRow(tr("Format"), format_);
    auto* textual = new QWidget;
    auto* textColumn = new QVBoxLayout(textual);
    textColumn->setContentsMargins(0, 0, 0, 0);
    auto* hosts = new QHBoxLayout;
    hosts->addWidget(client_);
    hosts->addWidget(server_);
    hosts->addStretch();
    textColumn->addLayout(hosts);
    textColumn->addWidget(text_, 1);
    pages_->addWidget(picture);
    pages_->addWidget(rules_);
    pages_->addWidget(textual);

    auto* close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    save_->setDefault(true);
    for (QPushButton* other : {copy_, close}) other->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton* button : {copy_, close, save_}) buttons->addWidget(button);

    auto* right = new QVBoxLayout;
    right->setSpacing(12);
    right->addWidget(about_);
    right->addWidget(pages_, 1);
    right->addWidget(remark_);
    right->addLayout(buttons);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    row->setSpacing(kMargin);
    row->addWidget(outputs_);
    row->addLayout(right, 1);
}

void ExportDialog::fillOutputs() {
    for (const Output output : kOutputs) {
        if (!has(document_, output)) continue;
        auto* item = new QListWidgetItem(nameOf(output), outputs_);
        item->setData(Qt::UserRole, static_cast<int>(output));
        item->setSizeHint({0, kRowHeight});
    }
    outputs_->setCurrentRow(0);
}

void ExportDialog::fillViews() {
    for (const QString& name : pictureViews())
        if (canDraw(name, document_)) view_->addItem(nameOfView(name), name);
    view_->setCurrentIndex(std::max(0, view_->findData(offered_.view)));
    for (const QString& suffix : {u"svg"_s, u"png"_s, u"pdf"_s})
        format_->addItem(suffix.toUpper(), suffix);
}

/// All that holds, ticked, but for what is another in each run.
void ExportDialog::fillRules() {
    const bool byNumber = findsByNumber(output());
    if (!isOfRules(output()) || rulesByNumber_ == byNumber) return;
    rulesByNumber_ = byNumber;
    const QSignalBlocker quiet(rules_);
    rules_->clear();
    auto holding = whatHolds(document_, output());
    refused_ = holding ? QString() : toQt(holding.error().what);
    if (!holding) return;
    holding_ = *std::move(holding);
    for (const capture::RuleKey key : capture::kRuleKeys) {
        const auto value = valueOf(holding_.rule, key);
        if (!value || (byNumber && isOfEnds(key))) continue;
        const QString text = readable(toQt(*value));
        auto* item = new QTreeWidgetItem(rules_, {nameOf(key), text});
        item->setData(0, Qt::UserRole, static_cast<int>(key));
        item->setFont(1, fonts::mono());
        item->setSizeHint(0, {0, kRowHeight});
        item->setToolTip(1, text);
        item->setCheckState(0, unticked_.contains(key) ? Qt::Unchecked : Qt::Checked);
    }
    rules_->resizeColumnToContents(0);
    rules_->setCurrentItem(rules_->topLevelItem(0));
}

Output ExportDialog::output() const {
    const QListWidgetItem* item = outputs_->currentItem();
    return item == nullptr ? Output::Picture
                           : static_cast<Output>(item->data(Qt::UserRole).toInt());
}

OutputChoice ExportDialog::choice() const {
    OutputChoice choice{.output = output(),
                        .holding = holding_,
                        .host = client_->isChecked() ? Side::Client : Side::Server};
    for (const capture::RuleKey key : unticked_)
        choice.holding.rule = without(std::move(choice.holding.rule), key);
    return choice;
}

void ExportDialog::noteTick(const QTreeWidgetItem* item) {
    const auto key = static_cast<capture::RuleKey>(item->data(0, Qt::UserRole).toInt());
    if (item->checkState(0) == Qt::Checked)
        unticked_.erase(key);
    else
        unticked_.insert(key);
    preview();
}

void ExportDialog::follow() {
    fillRules();
    const bool itself = output() == Output::Script && isOfScript(document_);
    about_->setText(itself ? tr("The script that is open, as it is.") : aboutOf(output()));
    pages_->setCurrentIndex(pageOf(output()));
    copy_->setVisible(output() != Output::Picture);
    for (QRadioButton* host : {client_, server_})
        host->setVisible(output() == Output::Script && !itself);
    preview();
}

void ExportDialog::preview() {
    const QString refused = isOfRules(output()) ? refused_ : QString();
    remark_->setText(refused);
    for (QPushButton* button : {save_, copy_}) button->setEnabled(refused.isEmpty());
    if (pageOf(output()) != TextPage) return;
    const auto content = contentOf(document_, choice());
    text_->setPlainText(content ? content->text.left(kPreviewed) : QString());
    remark_->setText(content ? content->remark : toQt(content.error().what));
    save_->setEnabled(content.has_value());
    copy_->setEnabled(content.has_value());
}

QString ExportDialog::proposedName() const {
    const QString base = QFileInfo(document_.name()).completeBaseName();
    if (output() == Output::Picture)
        return base + u'-' + view_->currentData().toString() + u'.' +
               format_->currentData().toString();
    const QString stem = output() == Output::GoogleTest || output() == Output::Pytest
                             ? u"test_"_s + QString(base).replace(u'-', u'_')
                             : base;
    return stem + u'.' + suffixOf(output());
}

void ExportDialog::save() {
    const QString name = proposedName();
    const QString suffix = QFileInfo(name).suffix();
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export"), name, u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
    if (path.isEmpty()) return;
    if (output() == Output::Picture) {
        Picture picture = offered_;
        picture.view = view_->currentData().toString();
        picture.path = path;
        if (tell(exportPicture(document_, picture))) accept();
        return;
    }
    const auto content = contentOf(document_, choice());
    if (!content) return;
    if (tell(writeWhole(path, content->text.toUtf8()))) accept();
}

void ExportDialog::copy() {
    if (const auto content = contentOf(document_, choice())) {
        QGuiApplication::clipboard()->setText(content->text);
        remark_->setText(tr("Copied."));
    }
}

bool ExportDialog::tell(const Expected<bool, Error>& done) {
    if (!done) remark_->setText(toQt(done.error().what));
    return done.has_value();
}

}  // namespace tcplab::gui
