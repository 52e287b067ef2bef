"""An empty window of Qt, frozen the way Jalon is: what its start is measured against."""

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
window.show()
app.exec()
